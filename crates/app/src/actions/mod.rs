//! Everything there is to ask for, a file a verb.

mod agenda;
mod annex;
mod answers;
mod aside;
mod attach;
mod attendance;
mod bundle;
mod clash;
mod day;
mod device;
mod document;
mod documents;
mod enter;
mod facts;
mod files;
mod find;
mod find_in_document;
mod found;
mod generic;
mod give;
mod home;
mod invite;
mod join;
mod join_by_file;
mod lists;
mod meetings;
mod member;
mod minutes;
mod not_held;
mod open_paper;
mod package;
mod pages_of;
mod paper;
mod person;
mod posted_files;
mod publish;
mod quality;
mod readers;
mod reading;
mod recognise;
mod rescue;
mod resolutions;
mod resolve;
mod roster;
mod said;
mod score_forms;
mod seal;
mod secrecy;
mod status;
mod sync;
mod tasks;
mod told;
mod verify_file;
mod votes;
mod weigh;
mod withdraw_vote;

use std::sync::LazyLock;

pub(crate) use aside::look_aside;
pub(crate) use day::{MeetingDay, Step};
pub(crate) use documents::Catalogue;
pub(crate) use invite::Deadline;
pub(crate) use not_held::is_page;
pub(crate) use open_paper::not_taken;
pub(crate) use quality::QualityForm;
pub(crate) use tasks::TaskLine;
pub(crate) use votes::VoteLine;

use crate::Router;

/// Everything there is to ask for.
pub fn router() -> &'static Router {
    static ROUTER: LazyLock<Router> = LazyLock::new(every);
    &ROUTER
}

fn every() -> Router {
    Router::default()
        .add::<status::GetStatus>()
        .add::<status::Set>()
        .add::<status::Touch>()
        .add::<join::LookUp>()
        .add::<join::Join>()
        .add::<join_by_file::JoinByFile>()
        .add::<join_by_file::TakeWelcome>()
        .add::<enter::Unlock>()
        .add::<enter::Lock>()
        .add::<enter::Forget>()
        .add::<rescue::AskRescue>()
        .add::<rescue::TakeRescue>()
        .add::<enter::ChangePin>()
        .add::<home::GetHome>()
        .add::<meetings::Meetings>()
        .add::<meetings::MeetingDefaults>()
        .add::<facts::PlanMeeting>()
        .add::<facts::SaveMeetingFacts>()
        .add::<meetings::CancelMeeting>()
        .add::<meetings::RestoreMeeting>()
        .add::<meetings::EndMeeting>()
        .add::<not_held::SayNotHeld>()
        .add::<minutes::GetMinutes>()
        .add::<minutes::Acknowledge>()
        .add::<annex::AddAnnex>()
        .add::<paper::WritePaper>()
        .add::<package::GetPackage>()
        .add::<package::WritePackage>()
        .add::<posted_files::PostFile>()
        .add::<quality::GetQuality>()
        .add::<quality::GivePoints>()
        .add::<score_forms::GetScoreForms>()
        .add::<score_forms::CheckScoreForm>()
        .add::<score_forms::PublishScoreForm>()
        .add::<day::GetMeetingDay>()
        .add::<invite::Invite>()
        .add::<invite::SaveMeetingPeople>()
        .add::<invite::StateDues>()
        .add::<invite::SayShortNotice>()
        .add::<invite::FromPaper>()
        .add::<invite::TickPosted>()
        .add::<answers::AnswerInvitation>()
        .add::<agenda::SaveItem>()
        .add::<agenda::RemoveItem>()
        .add::<agenda::MoveItem>()
        .add::<attach::AttachDocument>()
        .add::<attach::DetachDocument>()
        .add::<attach::AttachFile>()
        .add::<agenda::SaveWords>()
        .add::<agenda::SaveConclusion>()
        .add::<clash::GetClash>()
        .add::<clash::Settle>()
        .add::<give::GiveTask>()
        .add::<give::EditTask>()
        .add::<give::RemoveTask>()
        .add::<give::SetTask>()
        .add::<give::ReportTask>()
        .add::<tasks::GetTasks>()
        .add::<files::FetchFile>()
        .add::<files::DropFile>()
        .add::<files::DropOriginals>()
        .add::<files::WriteOriginal>()
        .add::<verify_file::VerifyFile>()
        .add::<files::GetStorage>()
        .add::<files::SetStorage>()
        .add::<attendance::GetAttendance>()
        .add::<attendance::MarkOne>()
        .add::<attendance::MarkRest>()
        .add::<attendance::Undo>()
        .add::<attendance::CloseAttendance>()
        .add::<votes::GetVoteSheet>()
        .add::<votes::RecordVote>()
        .add::<withdraw_vote::WithdrawVote>()
        .add::<votes::Votes>()
        .add::<resolutions::Resolutions>()
        .add::<resolutions::GetResolution>()
        .add::<resolve::SaveResolution>()
        .add::<resolve::ProposeResolution>()
        .add::<resolve::DecideResolution>()
        .add::<resolve::AskNumber>()
        .add::<resolve::CancelNumber>()
        .add::<seal::SealResolution>()
        .add::<roster::GetRoster>()
        .add::<member::GetMember>()
        .add::<member::AddMember>()
        .add::<member::EditMember>()
        .add::<person::EditPerson>()
        .add::<lists::TickDues>()
        .add::<member::Me>()
        .add::<sync::Sync>()
        .add::<sync::GetSyncState>()
        .add::<sync::PauseSync>()
        .add::<aside::SetAside>()
        .add::<aside::DecideAside>()
        .add::<bundle::MakeBundle>()
        .add::<bundle::TakeBundle>()
        .add::<bundle::CarryBundle>()
        .add::<device::ConfirmDevice>()
        .add::<device::RevokeDevice>()
        .add::<documents::GetDocuments>()
        .add::<document::GetDocument>()
        .add::<document::GetDocumentLine>()
        .add::<reading::SaveReading>()
        .add::<reading::LeaveReading>()
        .add::<reading::LayRibbon>()
        .add::<document::ConfirmRead>()
        .add::<readers::GetReaders>()
        .add::<readers::Remind>()
        .add::<publish::GetPublishing>()
        .add::<open_paper::OpenPaper>()
        .add::<recognise::RecognisePage>()
        .add::<recognise::GetRecognised>()
        .add::<pages_of::PagesOf>()
        .add::<pages_of::PageWords>()
        .add::<publish::PublishDocument>()
        .add::<publish::WithdrawDocument>()
        .add::<secrecy::ReportDocument>()
        .add::<secrecy::WipeDocument>()
        .add::<secrecy::ClearDocument>()
        .add::<secrecy::GetSecrecy>()
        .add::<find::Find>()
        .add::<find_in_document::FindInDocument>()
        .add::<generic::Get>()
        .add::<generic::List>()
        .add::<generic::Add>()
        .add::<generic::EditRecord>()
        .add::<generic::Remove>()
}
