//! What the kernel's C headers say: constants, the layout of structs, the bytes of structs.
//!
//! Each question is one C program, made up here, compiled with the system's compiler (`$CC`, or `cc`) against the
//! headers that the environment variable `NETLINK_UAPI` points to, and run. The system's own headers are not asked:
//! they may be years older than what the declarations mirror.
//!
//! ```no_run
//! use netlink_core::wire::MessageHeader;
//! use netlink_tests::headers::{self, assert_constants};
//!
//! fn agrees_with_the_headers() {
//!     let Some(headers) = headers::find() else { return };
//!     assert_constants(&headers, &["linux/genetlink.h"], &[("GENL_ID_CTRL", 16), ("CTRL_CMD_GETFAMILY", 3)]);
//!     let layout = headers.layout(&["linux/netlink.h"], "struct nlmsghdr", &["nlmsg_seq"]).unwrap();
//!     assert_eq!((layout.size, layout.members["nlmsg_seq"]), (MessageHeader::SIZE, (8, 4)));
//! }
//! ```

use std::{
    collections::BTreeMap,
    env, error, fmt, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{self, Command, Output, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
};

use netlink_core::NlStruct;

use crate::require;

/// The environment variable with the directory of exported headers, which contains `linux/netlink.h`.
pub const UAPI: &str = "NETLINK_UAPI";

/// A directory of kernel headers as `make headers_install` exports them.
#[derive(Clone, Debug)]
pub struct Headers {
    directory: PathBuf,
}

/// The headers of [`UAPI`]. Without them, the test says that it is skipped, and why.
///
/// # Panics
///
/// If the variable points to something else, and where `NETLINK_REQUIRE` is set and the variable is not.
#[track_caller]
pub fn find() -> Option<Headers> {
    let directory = require::directory(UAPI, "exported kernel headers (`make headers_install`)")?;
    let headers = Headers { directory };
    let netlink = headers.directory.join("linux/netlink.h");
    assert!(netlink.is_file(), "{UAPI} is set to a directory without linux/netlink.h: {}", headers.directory.display());
    Some(headers)
}

/// Why the headers gave no answer.
pub struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// As `Display`, so that `unwrap` is readable.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl error::Error for Error {}

/// Where C puts what, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The size of the whole, padding included.
    pub size: usize,
    /// Its alignment.
    pub align: usize,
    /// The offset and the size of the members that were asked for.
    pub members: BTreeMap<String, (usize, usize)>,
}

/// What a member of a C struct is filled with.
#[derive(Clone, Copy, Debug)]
pub enum Fill<'v> {
    /// A number; C converts it to the member's type, in host byte order.
    Number(i128),
    /// Bytes, from the member's first on: arrays, text, addresses, numbers in network byte order.
    Bytes(&'v [u8]),
}

macro_rules! numbers {
    ($($type:ty)*) => {$(
        impl From<$type> for Fill<'_> {
            fn from(number: $type) -> Self {
                Self::Number(number.into())
            }
        }
    )*};
}

numbers! { u8 i8 u16 i16 u32 i32 u64 i64 }

impl<'v> From<&'v [u8]> for Fill<'v> {
    fn from(bytes: &'v [u8]) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'v, const N: usize> From<&'v [u8; N]> for Fill<'v> {
    fn from(bytes: &'v [u8; N]) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'v> From<&'v str> for Fill<'v> {
    fn from(text: &'v str) -> Self {
        Self::Bytes(text.as_bytes())
    }
}

impl Headers {
    /// Where they are.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The text of a header.
    ///
    /// # Panics
    ///
    /// If there is no such header.
    pub fn text(&self, header: &str) -> String {
        let path = self.directory.join(header);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The numbers of macros and enumerators; any constant expression will do for a name, such as
    /// `sizeof(struct genlmsghdr)`.
    ///
    /// # Errors
    ///
    /// The names that the headers do not have, all of them.
    pub fn constants(&self, includes: &[&str], names: &[&str]) -> Result<BTreeMap<String, i128>, Error> {
        let lines = names.iter().map(|name| {
            // The largest unsigned number and the smallest signed one both survive.
            let line = format!(
                "({name}) < 0 ? __builtin_printf(\"%lld\\n\", (long long)({name})) : \
                                __builtin_printf(\"%llu\\n\", (unsigned long long)({name}));"
            );
            (*name, line)
        });
        let output = self.run(includes, "", &lines.collect::<Vec<_>>())?;
        let numbers = output.lines().map(|line| line.parse().expect("a number"));
        Ok(names.iter().map(|name| (*name).to_owned()).zip(numbers).collect())
    }

    /// The layout of a type: `layout(&["linux/cn_proc.h"], "struct proc_event", &["what", "event_data.ack.err"])`.
    ///
    /// # Errors
    ///
    /// The members that it does not have, or that there is no such type.
    pub fn layout(&self, includes: &[&str], c_type: &str, members: &[&str]) -> Result<Layout, Error> {
        let whole = format!("__builtin_printf(\"%zu %zu\\n\", sizeof({c_type}), _Alignof({c_type}));");
        let mut lines = vec![(c_type, whole)];
        lines.extend(members.iter().map(|member| {
            let line = format!(
                "__builtin_printf(\"%zu %zu\\n\", __builtin_offsetof({c_type}, {member}), \
                                sizeof((({c_type} *)0)->{member}));"
            );
            (*member, line)
        }));
        let output = self.run(includes, "", &lines)?;
        let mut pairs = output.lines().map(|line| {
            let (first, second) = line.split_once(' ').expect("two numbers");
            (first.parse().expect("a number"), second.parse().expect("a number"))
        });
        let (size, align) = pairs.next().expect("size and alignment");
        Ok(Layout { size, align, members: members.iter().map(|member| (*member).to_owned()).zip(pairs).collect() })
    }

    /// The bytes of a type whose members are filled as said, and with zeros otherwise.
    ///
    /// # Errors
    ///
    /// The members that it does not have or that are shorter than the bytes for them, or that there is no such type.
    pub fn bytes(&self, includes: &[&str], c_type: &str, members: &[(&str, Fill<'_>)]) -> Result<Vec<u8>, Error> {
        let mut lines = vec![(c_type, format!("{c_type} v; __builtin_memset(&v, 0, sizeof v);"))];
        lines.extend(members.iter().map(|(member, fill)| {
            let line = match fill {
                Fill::Number(number) if *number < 0 => format!("v.{member} = -{}LL - 1;", -(number + 1)),
                Fill::Number(number) => format!("v.{member} = {number}ULL;"),
                Fill::Bytes(bytes) => {
                    let (len, list) = (bytes.len(), bytes.iter().map(|byte| format!("{byte},")).collect::<String>());
                    format!(
                        "_Static_assert(sizeof v.{member} >= {len}, \"longer than the member\"); \
                             __builtin_memcpy((void *)&v.{member}, (unsigned char[]){{{list}}}, {len});"
                    )
                }
            };
            (*member, line)
        }));
        let print =
            "for (unsigned long n = 0; n < sizeof v; n++) __builtin_printf(\"%d\\n\", ((unsigned char *)&v)[n]);";
        let output = self.run(includes, print, &lines)?;
        Ok(output.lines().map(|line| line.parse().expect("a byte")).collect())
    }

    /// Compiles and runs a program of these lines and a last one; what the compiler says about a line is about what the
    /// line is named after.
    fn run(&self, includes: &[&str], last: &str, lines: &[(&str, String)]) -> Result<String, Error> {
        let mut source: String = includes.iter().map(|include| format!("#include <{include}>\n")).collect();
        // Without the C library's headers, some of which define what those of the kernel define, too.
        source += "int main(void) {\n";
        for (number, (_, line)) in lines.iter().enumerate() {
            source += &format!("#line 1 \"<{number}>\"\n{line}\n");
        }
        source += &format!("{last}\nreturn 0;\n}}\n");

        let directory = TemporaryDirectory::new();
        let program = directory.0.join("program");
        let compiler = env::var("CC").ok().filter(|cc| !cc.trim().is_empty()).unwrap_or_else(|| "cc".to_owned());
        let mut words = compiler.split_whitespace();
        let mut command = Command::new(words.next().unwrap_or("cc"));
        command.args(words).args(["-std=gnu11", "-w", "-x", "c", "-", "-isystem"]).arg(&self.directory);
        command.arg("-o").arg(&program);
        let compiled = output(&mut command, &source);
        if !compiled.status.success() {
            return Err(self.explain(includes, &String::from_utf8_lossy(&compiled.stderr), lines));
        }
        let run = output(&mut Command::new(&program), "");
        if !run.status.success() {
            return Err(Error(format!("the program made of C headers failed: {}", run.status)));
        }
        Ok(String::from_utf8(run.stdout).expect("numbers"))
    }

    fn explain(&self, includes: &[&str], stderr: &str, lines: &[(&str, String)]) -> Error {
        let includes = includes.join(", ");
        let is_wrong = |number: usize| stderr.lines().any(|line| line.starts_with(&format!("<{number}>:")));
        let wrong = lines.iter().enumerate().filter(|(number, _)| is_wrong(*number));
        let wrong: Vec<String> = wrong.map(|(_, (name, _))| format!("`{name}`")).collect();
        match wrong.as_slice() {
            [] => Error(format!("{includes} of {} cannot be compiled:\n{stderr}", self.directory.display())),
            names => Error(format!(
                "{includes} of {} has no {}, or not as it is used:\n{stderr}",
                self.directory.display(),
                names.join(", ")
            )),
        }
    }
}

/// Runs a command to its end; `C` instead of the user's language, since nobody here reads the words.
fn output(command: &mut Command, input: &str) -> Output {
    let program = command.get_program().to_string_lossy().into_owned();
    let failed = |error: io::Error| format!("{program}: {error}; set CC to a C compiler");
    command.env("LC_ALL", "C").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{}", failed(error)));
    // A program that does not read its input closes it early, which is no failure.
    let _ = child.stdin.take().map(|mut stdin| stdin.write_all(input.as_bytes()));
    child.wait_with_output().unwrap_or_else(|error| panic!("{}", failed(error)))
}

struct TemporaryDirectory(PathBuf);

impl TemporaryDirectory {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("netlink-tests-{}-{number}", process::id()));
        fs::create_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self(path)
    }
}

impl Drop for TemporaryDirectory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Compares numbers declared in Rust with those of the headers, and shows all that differ.
///
/// # Panics
///
/// If any differs, or if the headers lack a name.
#[track_caller]
pub fn assert_constants(headers: &Headers, includes: &[&str], declared: &[(&str, i128)]) {
    assert!(!declared.is_empty(), "nothing to compare with {}", includes.join(", "));
    let names: Vec<&str> = declared.iter().map(|(name, _)| *name).collect();
    let numbers = headers.constants(includes, &names).unwrap_or_else(|error| panic!("{error}"));
    let wrong = declared.iter().filter(|(name, number)| numbers[*name] != *number);
    let wrong: String = wrong
        .map(|(name, number)| format!("\n  {name}: declared {number} ({number:#x}), is {0} ({0:#x})", numbers[*name]))
        .collect();
    assert!(wrong.is_empty(), "these differ from {}:{wrong}", includes.join(", "));
}

/// Compares a derived struct with a C struct: C fills the members as said, Rust must read `value` from the bytes, and
/// write the same bytes. Give every member a value of its own, so that no two can be mistaken for each other.
///
/// # Panics
///
/// If Rust reads or writes anything else, or if the headers lack the type or a member.
#[track_caller]
pub fn assert_struct<T>(headers: &Headers, includes: &[&str], c_type: &str, members: &[(&str, Fill<'_>)], value: &T)
where
    T: for<'a> NlStruct<'a> + PartialEq + fmt::Debug,
{
    let bytes = headers.bytes(includes, c_type, members).unwrap_or_else(|error| panic!("{error}"));
    let read = <T as NlStruct>::decode(&bytes);
    assert_eq!(read.as_ref(), Ok(value), "`{c_type}` is read wrongly from {bytes:02x?}");
    assert_eq!(value.to_bytes().as_deref(), Ok(&*bytes), "`{c_type}` is written wrongly");
}
