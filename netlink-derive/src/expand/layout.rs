//! Where the members of a struct stand, and whether C would put them there.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::{encoding, name_of, place, qualified};
use crate::ir::{Member, Role, Struct};

/// The size of a member: of what is inside, for optional ones.
pub(crate) fn sized(member: &Member<'_>) -> TokenStream {
    let encoding = encoding(&member.encoding);
    match member.role {
        Role::Optional => qualified(member.ty, &quote!(__nl::OptionalMember<#encoding>)),
        _ => qualified(member.ty, &quote!(__nl::Fixed<#encoding>)),
    }
}

/// `__AT_n`, where member n starts, and `__END_n`, where what follows it starts, which is after the padding. Members must stand where C puts them: a forgotten padding byte moves all later members.
pub(crate) fn layout(structure: &Struct<'_>, name: &str) -> TokenStream {
    let mut items = TokenStream::new();
    let mut before: Option<(&Member<'_>, syn::Ident)> = None;
    let mut aligned = quote!(true);
    let mut aligns = Vec::new();
    for (n, member) in structure.members.iter().enumerate() {
        let at = format_ident!("__AT_{n}");
        let start = before.as_ref().map_or_else(|| quote!(0), |(_, end)| end.to_token_stream());
        items.extend(quote!(#[allow(dead_code)] const #at: ::core::primitive::usize = #start;));
        if member.is_tail() {
            continue;
        }
        let sized = sized(member);
        let (pad, end) = (format_ident!("__PAD_{n}"), format_ident!("__END_{n}"));
        if let Some(value) = &member.pad {
            let span = place(value);
            items.extend(quote_spanned!(span=> const #pad: ::core::primitive::usize = #value;));
        }
        let pad = member.pad.iter().map(|_| &pad);
        items.extend(quote! {
            #[allow(dead_code)]
            const #end: ::core::primitive::usize = #at + #sized::SIZE #(+ #pad)*;
        });
        if !structure.packed {
            if let Some((before, _)) = &before {
                let message = misaligned(before, member, name);
                let ok = format_ident!("__ALIGNED_{n}");
                // What follows a member in the wrong place is in the wrong place, too: one message is enough.
                items.extend(quote_spanned! {place(member.ident)=>
                    #[allow(dead_code)]
                    const #ok: ::core::primitive::bool = #aligned
                        && ::core::primitive::usize::next_multiple_of(#at, #sized::ALIGN) == #at;
                    const _: () = ::core::assert!(#ok || !#aligned, #message);
                });
                aligned = ok.to_token_stream();
            }
            aligns.push(quote!(#sized::ALIGN));
        }
        before = Some((member, end));
    }
    items.extend(quote! {
        #[allow(dead_code)]
        const __ALIGN: ::core::primitive::usize = __nl::max_align(&[#(#aligns),*]);
    });
    let size = before.as_ref().map_or_else(|| quote!(0), |(_, end)| end.to_token_stream());
    items.extend(quote!(#[allow(dead_code)] const __SIZE: ::core::primitive::usize = #size;));
    if let (true, false, Some((last, _))) = (structure.is_fixed(), structure.packed, before) {
        items.extend(whole(last, name, &aligned));
    }
    items
}

/// An array of the struct must not be misaligned either: C pads it at its end.
fn whole(last: &Member<'_>, name: &str, aligned: &TokenStream) -> TokenStream {
    let message = format!(
        "`{name}` ends where C adds padding: the last member, `{}`, needs `#[nl(pad = ...)]` \
         (or the struct `#[nl(packed)]`, if it is packed in C too)",
        name_of(last.ident),
    );
    quote_spanned! {place(last.ident)=>
        const _: () = ::core::assert!(
            !#aligned || ::core::primitive::usize::next_multiple_of(__SIZE, __ALIGN) == __SIZE,
            #message
        );
    }
}

fn misaligned(before: &Member<'_>, member: &Member<'_>, name: &str) -> String {
    let pad = if before.pad.is_some() { "another" } else { "a" };
    format!(
        "member `{}` of `{name}` does not start where C puts it: the member before, `{}`, needs {pad} \
         `#[nl(pad = ...)]` (or the struct `#[nl(packed)]`, if it is packed in C too)",
        name_of(member.ident),
        name_of(before.ident),
    )
}
