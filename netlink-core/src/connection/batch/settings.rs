//! What a batch can be told and asked: the same words for all shells.

macro_rules! settings {
    () => {
        /// Asks for an acknowledgement of each request, not only of the last of each datagram: for what the kernel has
        /// to say about requests that it carries out
        /// ([`Report::remarks`](crate::connection::batch::Report::remarks)). It costs a message for each.
        ///
        /// It is so from the beginning where the socket hides losses
        /// ([`SocketOption::NoEnobufs`](crate::socket::SocketOption::NoEnobufs)).
        pub fn acknowledge_each(mut self) -> Self {
            self.gather.acknowledge_each();
            self
        }

        /// Sends nothing more once a request has failed, or its answer is lost.
        ///
        /// The kernel looks at all requests of a datagram: those behind the failure that went with it are carried out. A
        /// smaller [window](Self::window) makes them fewer, a window of 1 leaves none.
        pub fn stop_at_error(mut self) -> Self {
            self.gather.stop_at_error = true;
            self
        }

        /// Sends at most so many requests in one datagram, at least one. Without it, the socket's buffers alone say how
        /// many. A [transaction](Self::transaction) is not divided all the same.
        pub fn window(mut self, requests: usize) -> Self {
            self.gather.most = requests.max(1);
            self
        }

        /// Waits at most so long for the answers to each datagram, instead of as long as the connection says.
        pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.timeout = Some(timeout);
            self
        }

        /// How many requests were added so far.
        pub fn added(&self) -> usize {
            self.gather.report.added()
        }

        /// Whether nothing more is sent: something failed, and the batch was to [stop](Self::stop_at_error) then, the
        /// socket broke, or somebody cancelled it. Requests are counted on.
        pub fn is_stopped(&self) -> bool {
            self.gather.stopped
        }

        /// The failures so far, which are not in the [report](Self::finish) then: to keep the memory small where many
        /// are expected. The latest requests may not have been sent yet.
        pub fn take_failures(&mut self) -> Vec<$crate::connection::batch::Failure> {
            self.gather.take_failures()
        }
    };
}

pub(crate) use settings;
