//! Makes a table and a picture of measurements: lines of job, program, value and unit, separated by tabs.

use std::{
    collections::BTreeMap,
    env,
    fmt::Write,
    fs,
    io::{self, Read},
};

/// The least of several runs: what disturbs can only add to it.
#[derive(Default)]
struct Results {
    jobs: Vec<String>,
    programs: Vec<String>,
    least: BTreeMap<(usize, usize), f64>,
    units: BTreeMap<usize, String>,
}

fn place(of: &str, all: &mut Vec<String>) -> usize {
    all.iter().position(|own| own == of).unwrap_or_else(|| {
        all.push(of.to_owned());
        all.len() - 1
    })
}

impl Results {
    fn read(text: &str) -> Self {
        let mut results = Self::default();
        for line in text.lines() {
            let [job, program, value, unit] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let place = (place(job, &mut results.jobs), place(program, &mut results.programs));
            let value: f64 = value.parse().expect("a number");
            let least = results.least.entry(place).or_insert(value);
            *least = least.min(value);
            results.units.insert(place.0, unit.to_owned());
        }
        results
    }

    fn get(&self, job: usize, program: usize) -> Option<f64> {
        self.least.get(&(job, program)).copied()
    }

    fn table(&self) -> String {
        let mut out =
            format!("| |{}\n|---|", self.programs.iter().map(|name| format!(" {name} |")).collect::<String>());
        out += &"--:|".repeat(self.programs.len());
        for (job, name) in self.jobs.iter().enumerate() {
            write!(out, "\n| {name}, {} |", self.units[&job]).unwrap();
            for program in 0..self.programs.len() {
                match self.get(job, program) {
                    Some(value) if value >= 100.0 => write!(out, " {value:.0} |").unwrap(),
                    Some(value) if value >= 1.0 => write!(out, " {value:.2} |").unwrap(),
                    Some(value) => write!(out, " {value:.4} |").unwrap(),
                    None => out += " |",
                }
            }
        }
        out
    }

    fn picture(&self) -> String {
        const ROW: usize = 18;
        let mut out = String::new();
        let mut y = 10;
        for (job, name) in self.jobs.iter().enumerate() {
            let unit = &self.units[&job];
            let largest = (0..self.programs.len()).filter_map(|n| self.get(job, n)).fold(0.0, f64::max);
            writeln!(out, r#"<text x="10" y="{}" font-weight="bold">{name}</text>"#, y + 13).unwrap();
            y += ROW + 4;
            for (n, program) in self.programs.iter().enumerate() {
                let Some(value) = self.get(job, n) else { continue };
                let width = 420.0 * value / largest;
                let colour = if program.starts_with("ours") { "#1f6f8b" } else { "#b8b8b8" };
                writeln!(out, r#"<text x="95" y="{}" text-anchor="end">{program}</text>"#, y + 13).unwrap();
                writeln!(out, r#"<rect x="100" y="{}" width="{width:.1}" height="14" fill="{colour}"/>"#, y + 2)
                    .unwrap();
                writeln!(out, r#"<text x="{:.1}" y="{}">{value:.3} {unit}</text>"#, 105.0 + width, y + 13).unwrap();
                y += ROW;
            }
            y += 12;
        }
        let style = r#"font-family="sans-serif" font-size="12""#;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"{y}\" {style}>\n<rect width=\"640\" height=\"{y}\" fill=\"white\"/>\n{out}</svg>\n"
        )
    }
}

fn main() -> io::Result<()> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let results = Results::read(&text);
    println!("{}", results.table());
    match env::args().nth(1) {
        Some(file) => fs::write(file, results.picture()),
        None => Ok(()),
    }
}
