//! The library's source as a tree of modules: which file uses which item of which other file, and what of the standard
//! library. Parsed by `syn`, so that groups, relative paths, aliases and code inside macros are seen; test code is not.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Item, UseTree};

/// One module.
#[derive(Debug, Default)]
struct Module {
    /// File it is in, relative to `src`.
    file: String,
    /// Names it defines itself.
    items: BTreeSet<String>,
    /// `pub use` by name: the full path.
    reexports: HashMap<String, Vec<String>>,
    /// Modules whose public names it hands on.
    globs: Vec<Vec<String>>,
    children: BTreeSet<String>,
}

/// A path that some code names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// The file.
    pub file: String,
    /// The path as resolved: `crate::…` within the library, else as it begins outside of it.
    pub path: Vec<String>,
}

/// The source of the library.
#[derive(Debug, Default)]
pub struct Source {
    modules: BTreeMap<Vec<String>, Module>,
    /// Everything named outside test code.
    pub mentions: BTreeSet<Mention>,
}

impl Source {
    /// The files below `src`, without the program (`main.rs`, `cli/`).
    pub fn read(src: &Path) -> Self {
        let mut files = BTreeMap::new();
        collect(src, src, &mut files);
        Source::parse(&files)
    }

    /// Parses files by their paths relative to `src`.
    pub fn parse(files: &BTreeMap<String, String>) -> Self {
        let mut source = Source::default();
        let mut parsed = Vec::new();
        for (path, text) in files {
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            if is_test(&file.attrs) {
                continue;
            }
            parsed.push((path.clone(), module_of(path), file));
        }
        for (path, module, file) in &parsed {
            source.declare(path, module, &file.items);
        }
        for (path, module, file) in &parsed {
            source.mention(path, module, &file.items);
        }
        source
    }

    fn declare(&mut self, file: &str, module: &[String], items: &[Item]) {
        let mut own = Module { file: file.to_owned(), ..Module::default() };
        let mut nested = Vec::new();
        for item in items.iter().filter(|item| !is_test(attributes(item))) {
            match item {
                Item::Mod(inner) => {
                    own.children.insert(inner.ident.to_string());
                    if let Some((_, content)) = &inner.content {
                        nested.push((child(module, &inner.ident.to_string()), content.clone()));
                    }
                }
                Item::Use(used) if !matches!(used.vis, syn::Visibility::Inherited) => {
                    for (path, name) in flatten(&used.tree) {
                        let path = absolute(module, &path);
                        if name == "*" {
                            own.globs.push(path);
                        } else {
                            own.reexports.insert(name, path);
                        }
                    }
                }
                other => own.items.extend(name_of(other)),
            }
        }
        self.modules.insert(module.to_vec(), own);
        for (module, items) in nested {
            self.declare(file, &module, &items);
        }
    }

    fn mention(&mut self, file: &str, module: &[String], items: &[Item]) {
        let mut walker = Walker::default();
        let is_folder = file.ends_with("mod.rs") || file == "lib.rs";
        for item in items.iter().filter(|item| !is_test(attributes(item))) {
            match item {
                Item::Mod(inner) => {
                    if let Some((_, content)) = &inner.content {
                        let module = child(module, &inner.ident.to_string());
                        self.mention(file, &module, content);
                    }
                }
                Item::Use(used) => {
                    let reexport = is_folder && !matches!(used.vis, syn::Visibility::Inherited);
                    for (path, name) in flatten(&used.tree) {
                        let path = absolute(module, &path);
                        walker.imports.insert(name, path.clone());
                        // A folder's `pub use` only says where its names are.
                        if !reexport {
                            walker.paths.insert(path);
                        }
                    }
                }
                other => walker.visit_item(other),
            }
        }
        let Walker { imports, mut paths } = walker;
        // `pub(crate)` and `pub(super)` name no item.
        paths.retain(|path| path.len() > 1 || path.first().is_some_and(|name| !is_anchor(name)));
        for path in paths {
            let path = match path.first().and_then(|first| imports.get(first)) {
                Some(import) if path.first().is_some_and(|first| !is_anchor(first)) => {
                    import.iter().chain(path.iter().skip(1)).cloned().collect()
                }
                _ => absolute(module, &path),
            };
            let path = self.resolve_relative(module, path);
            self.mentions.insert(Mention { file: file.to_owned(), path });
        }
    }

    /// A path that begins with a module beside or below, made absolute.
    fn resolve_relative(&self, module: &[String], path: Vec<String>) -> Vec<String> {
        let is_child = |name: &String| self.modules.get(module).is_some_and(|module| module.children.contains(name));
        match path.first() {
            Some(first) if !is_anchor(first) && is_child(first) => module.iter().cloned().chain(path).collect(),
            _ => path,
        }
    }

    /// The file that defines what a path names; `None` outside the library.
    pub fn file_of(&self, path: &[String]) -> Option<&str> {
        self.look_up(path, 0)
    }

    fn look_up(&self, path: &[String], depth: usize) -> Option<&str> {
        if path.first().is_none_or(|first| first != "crate") || depth > 20 {
            return None;
        }
        let mut module = vec!["crate".to_owned()];
        for (index, name) in path.iter().enumerate().skip(1) {
            let here = self.modules.get(&module)?;
            if here.children.contains(name) {
                module.push(name.clone());
                continue;
            }
            if let Some(target) = here.reexports.get(name) {
                let target = self.resolve_relative(&module, target.clone());
                let whole: Vec<String> = target.into_iter().chain(path.iter().skip(index + 1).cloned()).collect();
                return self.look_up(&whole, depth + 1).or(Some(&here.file));
            }
            if !here.items.contains(name) {
                for glob in &here.globs {
                    let glob = self.resolve_relative(&module, glob.clone());
                    let whole: Vec<String> = glob.into_iter().chain(path.iter().skip(index).cloned()).collect();
                    if let Some(file) = self.look_up(&whole, depth + 1) {
                        return Some(file);
                    }
                }
            }
            return Some(&here.file);
        }
        self.modules.get(&module).map(|module| module.file.as_str())
    }

    /// Which file uses which other file of the library.
    pub fn uses(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut uses: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for mention in &self.mentions {
            if let Some(used) = self.file_of(&mention.path)
                && used != mention.file
            {
                uses.entry(&mention.file).or_default().insert(used);
            }
        }
        uses
    }
}

/// Files of Rust below a folder; the program is not part of the library.
pub fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        if name == "main.rs" || name == "cli" || name.ends_with("tests.rs") || name.ends_with("/tests") {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, files);
        } else if name.ends_with(".rs") {
            files.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// The module a file is: `meter/dlms/mod.rs` is `crate::meter::dlms`.
fn module_of(path: &str) -> Vec<String> {
    let stem = path.trim_end_matches(".rs");
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    let parts = stem.split('/').filter(|part| *part != "lib").map(str::to_owned);
    std::iter::once("crate".to_owned()).chain(parts).collect()
}

fn child(module: &[String], name: &str) -> Vec<String> {
    module.iter().cloned().chain([name.to_owned()]).collect()
}

fn is_anchor(name: &str) -> bool {
    matches!(name, "crate" | "super" | "self" | "std" | "core" | "alloc")
}

/// `super::` and `self::` replaced by what they stand for.
fn absolute(module: &[String], path: &[String]) -> Vec<String> {
    let mut base: Option<Vec<String>> = None;
    let mut rest = path.iter().peekable();
    while let Some(name) = rest.peek() {
        match name.as_str() {
            "self" => base = base.or_else(|| Some(module.to_vec())),
            "super" => {
                let mut parent = base.unwrap_or_else(|| module.to_vec());
                parent.pop();
                base = Some(parent);
            }
            _ => break,
        }
        rest.next();
    }
    base.unwrap_or_default().into_iter().chain(rest.cloned()).collect()
}

/// Every path of a `use`, with the name it is known by here.
fn flatten(tree: &UseTree) -> Vec<(Vec<String>, String)> {
    fn walk(tree: &UseTree, before: &[String], found: &mut Vec<(Vec<String>, String)>) {
        let with = |name: &str| child(before, name);
        match tree {
            UseTree::Path(path) => walk(&path.tree, &with(&path.ident.to_string()), found),
            UseTree::Name(name) if name.ident == "self" => {
                found.push((before.to_vec(), before.last().cloned().unwrap_or_default()));
            }
            UseTree::Name(name) => found.push((with(&name.ident.to_string()), name.ident.to_string())),
            UseTree::Rename(rename) if rename.ident == "self" => {
                found.push((before.to_vec(), rename.rename.to_string()))
            }
            UseTree::Rename(rename) => found.push((with(&rename.ident.to_string()), rename.rename.to_string())),
            UseTree::Glob(_) => found.push((before.to_vec(), "*".to_owned())),
            UseTree::Group(group) => group.items.iter().for_each(|tree| walk(tree, before, found)),
        }
    }
    let mut found = Vec::new();
    walk(tree, &[], &mut found);
    found
}

fn attributes(item: &Item) -> &[syn::Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn name_of(item: &Item) -> Option<String> {
    Some(match item {
        Item::Const(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Fn(item) => item.sig.ident.to_string(),
        Item::Macro(item) => item.ident.as_ref()?.to_string(),
        Item::Static(item) => item.ident.to_string(),
        Item::Struct(item) => item.ident.to_string(),
        Item::Trait(item) => item.ident.to_string(),
        Item::Type(item) => item.ident.to_string(),
        _ => return None,
    })
}

/// Whether something is compiled for tests only.
fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || (attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test")))
    })
}

/// Collects the paths that code names.
#[derive(Default)]
struct Walker {
    imports: HashMap<String, Vec<String>>,
    paths: BTreeSet<Vec<String>>,
}

impl Walker {
    /// Paths inside a macro's tokens: runs of names joined by `::`.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.take(&mut path);
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' && !path.is_empty() => colons += 1,
                TokenTree::Group(group) => {
                    self.take(&mut path);
                    self.tokens(group.stream());
                    colons = 0;
                }
                _ => {
                    self.take(&mut path);
                    colons = 0;
                }
            }
        }
        self.take(&mut path);
    }

    fn take(&mut self, path: &mut Vec<String>) {
        if path.len() > 1 {
            self.paths.insert(std::mem::take(path));
        }
        path.clear();
    }
}

impl<'ast> Visit<'ast> for Walker {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_test(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !is_test(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_use(&mut self, used: &'ast syn::ItemUse) {
        // A `use` inside a function.
        self.paths.extend(flatten(&used.tree).into_iter().map(|(path, _)| path));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.paths.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, used: &'ast syn::Macro) {
        let name: Vec<String> = used.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let Some(last) = name.last() {
            self.paths.insert(vec![format!("{last}!")]);
        }
        self.tokens(used.tokens.clone());
    }
}
