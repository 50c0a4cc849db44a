//! Diagnosis through the program: generated cases with their own expected verdicts, and the forms of the command.

mod bench;
mod cases;
mod command;
mod kct;
mod verdicts;
