//! The whole house together, as a person would tell it: the real server on a real socket, books on disk, a network
//! that fails. Time stands where a story puts it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod a_month_in_a_cell;
mod absent;
mod anchors;
mod aside;
mod at_work;
mod attached;
mod bad_luck;
mod bad_words;
mod beside;
mod by_hand;
mod clash;
mod crowd;
mod files;
mod killed;
mod killed_book;
mod killed_pin;
mod letting_in;
mod library;
mod line;
mod lists;
mod minutes;
mod offices;
mod package;
mod phone;
mod private;
mod province;
mod room;
mod search;
mod slow;
mod the_commune_has_a_form;
mod the_rule_changed_in_july;
mod together;
mod updates;
mod weak;
