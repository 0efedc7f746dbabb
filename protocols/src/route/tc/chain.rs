//! Chains: filters that are asked only where an action says so ([`Verdict::goto_chain`](super::action::Verdict)). Since
//! Linux 4.19.
//!
//! ```no_run
//! use netlink_core::NlFamily;
//! use protocols::route::{
//!     Route,
//!     tc::{Handle, chain},
//! };
//!
//! let mut route = Route::connect()?;
//! route.tell(chain::add(2, Handle::CLSACT_INGRESS, 7))?;
//! for chain in route.dump(chain::list(2, Handle::CLSACT_INGRESS))? {
//!     println!("{:?}", chain?.chain);
//! }
//! # Ok::<(), netlink_core::Error>(())
//! ```

use netlink_core::{
    Do, NlDebug, NlMessage,
    wire::{Text, UnknownAttrs},
};

use super::{Handle, TcGet, TcHeader, filter::FilterOptions};
use crate::route::{
    Route,
    link::Which,
    verb::{Change, List, Verb},
};

/// A request for one chain.
pub type ChainGet<'a> = Verb<'a, Do<TcGet<'static>, Chain<'static>>>;

/// A request for a list of chains.
pub type ChainList<'a> = List<'a, TcGet<'static>, Chain<'static>>;

/// A chain of filters: what the kernel says of one, and what a request says.
#[derive(NlMessage, NlDebug, Clone, Default, PartialEq)]
#[nl(pad = 9)]
pub struct Chain<'a> {
    /// The fixed header: the link and the parent.
    #[nl_attr(header)]
    pub header: TcHeader,
    /// Of a chain with a template, the kind of its filters. Filled in from `options` where it is absent.
    #[doc(alias = "TCA_KIND")]
    #[nl_attr(1)]
    pub kind: Option<Text<'a>>,
    /// The template: what the filters of the chain may match.
    #[doc(alias = "TCA_OPTIONS")]
    #[nl_attr(2, select = kind)]
    pub options: Option<FilterOptions<'a>>,
    /// The number of the chain.
    #[doc(alias = "TCA_CHAIN")]
    #[nl_attr(11)]
    pub chain: Option<u32>,
    /// What this declaration does not know.
    #[nl_attr(unknown)]
    pub unknown: UnknownAttrs<'a>,
}

/// Makes a chain at a queueing discipline or a class. Fails if there is one that somebody made.
pub fn add<'a, 'w>(link: impl Into<Which<'w>>, parent: Handle, chain: u32) -> Change<'a, Chain<'static>> {
    Change::creating(Route::NEW_CHAIN, at(parent, chain)).of(link)
}

/// Removes a chain with all its filters.
pub fn delete<'a, 'w>(link: impl Into<Which<'w>>, parent: Handle, chain: u32) -> Change<'a, Chain<'static>> {
    Change::new(Route::DEL_CHAIN, at(parent, chain)).of(link)
}

/// Asks for one chain.
pub fn get<'a, 'w>(link: impl Into<Which<'w>>, parent: Handle, chain: u32) -> ChainGet<'a> {
    let get = TcGet { header: place(parent), chain: Some(chain), ..TcGet::default() };
    Verb::new(Route::GET_CHAIN, get).linked("header.ifindex", link, |get, index| get.header.ifindex = index)
}

/// Lists the chains at a queueing discipline or a class.
pub fn list<'a, 'w>(link: impl Into<Which<'w>>, parent: Handle) -> ChainList<'a> {
    let list = List::new(Route::LIST_CHAINS, TcGet { header: place(parent), ..TcGet::default() });
    list.linked("header.ifindex", link, |list, index| list.header.ifindex = index)
}

fn place(parent: Handle) -> TcHeader {
    TcHeader { parent, ..TcHeader::default() }
}

fn at<'a>(parent: Handle, chain: u32) -> Chain<'a> {
    Chain { header: place(parent), chain: Some(chain), ..Chain::default() }
}

impl<'a> Change<'a, Chain<'static>> {
    fn of<'w>(self, link: impl Into<Which<'w>>) -> Self {
        self.linked("header.ifindex", link, |chain, index| chain.header.ifindex = index)
    }

    /// What the filters of the chain may match, and their kind: only `flower` has such templates.
    pub fn template(mut self, options: FilterOptions<'a>) -> Self {
        self.body.options = Some(options);
        self
    }

    /// In a block that several links share, whatever link and parent were given.
    pub fn in_block(mut self, block: u32) -> Self {
        self.body.header = self.body.header.in_block(block);
        self.unlinked()
    }
}

impl ChainGet<'_> {
    /// That of a block that several links share, whatever link and parent were given.
    pub fn in_block(mut self, block: u32) -> Self {
        self.body.header = self.body.header.in_block(block);
        self.unlinked()
    }
}

impl ChainList<'_> {
    /// Those of a block that several links share, whatever link and parent were given.
    pub fn in_block(mut self, block: u32) -> Self {
        self.body.header = self.body.header.in_block(block);
        self.unlinked()
    }
}
