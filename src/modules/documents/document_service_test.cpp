// SPDX-License-Identifier: Apache-2.0
#include "modules/documents/document_service.hpp"

#include "tests/support/city_test.hpp"

namespace tsunagi::documents {
namespace {

using test::faults;
using Faults = std::set<std::string>;

class AttachmentServiceTest : public test::CityTest {
protected:
    void SetUp() override {
        CityTest::SetUp();
        if (IsSkipped())
            return;
        follow_ups = std::make_unique<consultations::FollowUpService>(database(), *audit, clock);
        activities = std::make_unique<activities::ActivityService>(
            database(), *audit, *packs, *consultations, *follow_ups,
            std::filesystem::path(TSUNAGI_SOURCE_DIR) / "packs/standard/report_words.yaml", clock);
        uploads = std::make_unique<uploads::UploadService>(database(), std::string(32, 'u'), clock);
        files = with_scanner({});
        about = create(coordinator, sheet()).id;
    }

    [[nodiscard]] std::unique_ptr<AttachmentService> with_scanner(std::optional<VirusScanner> scanner) {
        return std::make_unique<AttachmentService>(database(), *audit, *consultations, *activities, *uploads,
                                                   std::move(scanner), clock);
    }

    NewAttachment sent(const access::Actor& actor, const std::string& content, const std::string& name = "scan.pdf") {
        uploads::NewUpload wanted;
        wanted.name.value = name;
        wanted.size.value = static_cast<std::int64_t>(content.size());
        const auto upload = uploads->begin(actor, wanted);
        for (std::int64_t part = 0; part < upload.parts; ++part) {
            uploads->put_part(actor, upload.id, part,
                              std::string_view(content).substr(static_cast<std::size_t>(part * uploads::part_bytes),
                                                               static_cast<std::size_t>(uploads::part_bytes)));
        }
        NewAttachment body;
        body.upload_id = upload.id;
        return body;
    }

    Attachment attach(const access::Actor& actor, const std::string& content = "%PDF-1.4 one") {
        return files->add_to_case(actor, about, sent(actor, content), "");
    }

    void share() {
        const auto now = consultations->get(coordinator, about);
        (void)consultations->share(coordinator, about, now.version, {.shared_with_municipality = true});
    }

    core::ConsultationId about;
    std::unique_ptr<consultations::FollowUpService> follow_ups;
    std::unique_ptr<activities::ActivityService> activities;
    std::unique_ptr<uploads::UploadService> uploads;
    std::unique_ptr<AttachmentService> files;
};

TSUNAGI_BOTH_ENGINES(AttachmentServiceTest);

TEST_P(AttachmentServiceTest, AFileOfSeveralPartsComesBackAsItWas) {
    std::string content = "%PDF-1.4\n";
    for (int i = 0; content.size() < 2'500'000; ++i)
        content += std::to_string(i);
    const auto body = sent(coordinator, content, "連絡票.pdf");
    const auto made = files->add_to_case(coordinator, about, body, "key");
    EXPECT_EQ(made.kind, FileKind::pdf);
    EXPECT_EQ(made.name, "連絡票.pdf");
    EXPECT_EQ(made.checksum.size(), 64U);
    EXPECT_EQ(files->add_to_case(coordinator, about, body, "key").id, made.id) << "the answer was lost";
    const auto opened = files->open(coordinator, made.id, "download");
    std::string back;
    for (std::int64_t part = 0; part < 3; ++part)
        back += files->part(opened.upload_id, part);
    EXPECT_EQ(back, content);
    EXPECT_EQ(files->of_case(coordinator, about).items.size(), 1U);
    EXPECT_EQ(number("SELECT count(*) FROM audit_entries WHERE subject_kind = 'attachment'"), 2);
}

TEST_P(AttachmentServiceTest, WhoReadsTheWholeCaseReadsItsFiles) {
    const auto made = attach(coordinator);
    EXPECT_EQ(files->of_case(lead, about).items.size(), 1U);
    for (const auto* other : {&stranger, &colleague}) {
        EXPECT_EQ(faults([&] { (void)files->of_case(*other, about); }), Faults{"not_found"});
        EXPECT_EQ(faults([&] { (void)files->open(*other, made.id, "download"); }), Faults{"not_found"});
        EXPECT_EQ(faults([&] { (void)files->withdraw(*other, made.id, 1, {}); }), Faults{"not_found"});
    }
    disclose(about);
    for (const auto* other : {&advisor, &prefectural}) {
        EXPECT_EQ(faults([&] { (void)files->of_case(*other, about); }), Faults{"forbidden"});
        EXPECT_EQ(faults([&] { (void)files->open(*other, made.id, "download"); }), Faults{"forbidden"});
    }
    EXPECT_TRUE(files->of_case(officer, about).items.empty()) << "not shared";
    EXPECT_EQ(faults([&] { (void)files->open(officer, made.id, "preview"); }), Faults{"not_found"});
    share();
    EXPECT_EQ(files->of_case(officer, about).items.size(), 1U);
    EXPECT_EQ(files->open(officer, made.id, "preview").size, 12);
    EXPECT_EQ(faults([&] { (void)files->add_to_case(officer, about, {}, ""); }), Faults{"forbidden"});
}

TEST_P(AttachmentServiceTest, WhatIsRefusedIsThrownAway) {
    EXPECT_EQ(faults([&] { (void)attach(coordinator, "<html><body>"); }), Faults{"/upload_id file_kind_not_allowed"});
    EXPECT_EQ(number("SELECT count(*) FROM uploads"), 0);
    const auto incomplete = uploads->begin(coordinator, [] {
        uploads::NewUpload wanted;
        wanted.name.value = "a.pdf";
        wanted.size.value = 5;
        return wanted;
    }());
    NewAttachment body;
    body.upload_id = incomplete.id;
    EXPECT_EQ(faults([&] { (void)files->add_to_case(coordinator, about, body, ""); }), Faults{"upload_incomplete"});
    EXPECT_EQ(faults([&] { (void)files->add_to_case(lead, about, sent(coordinator, "%PDF-1.4"), ""); }),
              Faults{"not_found"})
        << "somebody else's upload";
    EXPECT_EQ(number("SELECT count(*) FROM attachments"), 0);
}

TEST_P(AttachmentServiceTest, TheSameFileTwiceIsTold) {
    (void)attach(coordinator);
    auto again = sent(coordinator, "%PDF-1.4 one");
    EXPECT_EQ(faults([&] { (void)files->add_to_case(coordinator, about, again, ""); }), Faults{"same_file"});
    again.again = true;
    (void)files->add_to_case(coordinator, about, again, "");
    EXPECT_EQ(files->of_case(coordinator, about).items.size(), 2U);
}

TEST_P(AttachmentServiceTest, AWithdrawnFileCanBePutBackForThirtyDays) {
    const auto made = attach(coordinator);
    const auto described = files->change(coordinator, made.id, 1, {.text = {.caption = "FAX"}, .reason = {}});
    EXPECT_EQ(described.caption.size(), 3U);
    AttachmentWithdrawal why;
    why.reason.value = "of another person";
    EXPECT_EQ(faults([&] { (void)files->withdraw(coordinator, made.id, 1, why); }), Faults{"stale"});
    const auto gone = files->withdraw(coordinator, made.id, 2, why);
    EXPECT_EQ(gone.withdrawn_by_name, coordinator.name);
    EXPECT_EQ(faults([&] { (void)files->open(coordinator, made.id, "download"); }), Faults{"not_allowed_in_state"});
    EXPECT_EQ(files->of_case(coordinator, about).items.at(0).withdrawn_reason, "of another person");
    const auto back = files->put_back(coordinator, made.id, 3);
    EXPECT_FALSE(back.withdrawn_at);
    EXPECT_EQ(files->open(coordinator, made.id, "download").size, 12);
    (void)files->withdraw(coordinator, made.id, 4, why);
    clock.move_to(clock.now().plus(std::chrono::hours(29 * 24)));
    files->erase();
    EXPECT_EQ(number("SELECT count(*) FROM upload_parts"), 1);
    clock.move_to(clock.now().plus(std::chrono::hours(24)));
    EXPECT_EQ(faults([&] { (void)files->put_back(coordinator, made.id, 5); }), Faults{"not_allowed_in_state"});
    files->erase();
    EXPECT_EQ(number("SELECT count(*) FROM upload_parts") + number("SELECT count(*) FROM uploads"), 0);
    const auto line = files->of_case(coordinator, about).items.at(0);
    EXPECT_TRUE(line.erased);
    EXPECT_EQ(line.withdrawn_reason, "of another person");
    EXPECT_EQ(number("SELECT count(*) FROM attachment_versions"), 6);
}

TEST_P(AttachmentServiceTest, AnObjectStoreThatIsAwayKeepsNoOtherFile) {
    AttachmentWithdrawal why;
    why.reason.value = "of another person";
    constexpr int away = 25;
    for (int i = 0; i <= away; ++i) {
        const auto made = attach(coordinator, "%PDF-1.4 " + std::to_string(i));
        if (i == away) {
            database().write([](db::WriteTx& tx) { tx.execute("UPDATE uploads SET store = 'objects'"); });
            const auto here = attach(coordinator, "%PDF-1.4 in the database");
            clock.move_to(clock.now().plus(std::chrono::minutes(1)));
            (void)files->withdraw(coordinator, here.id, 1, why);
        } else {
            (void)files->withdraw(coordinator, made.id, 1, why);
        }
    }
    clock.move_to(clock.now().plus(std::chrono::hours(31 * 24)));
    EXPECT_EQ(faults([&] { files->erase(); }), Faults{"store_unavailable"});
    EXPECT_EQ(number("SELECT count(*) FROM attachments WHERE upload_id IS NULL"), 1) << "the last of them all the same";
    EXPECT_EQ(number("SELECT count(*) FROM attachments WHERE upload_id IS NOT NULL"), away + 1);
}

TEST_P(AttachmentServiceTest, AFileOfAnActivityIsAFileOfItsCase) {
    activities::NewActivity entry;
    entry.consultation_id = about;
    entry.text.kind.value = "call";
    entry.text.done_on = clock.today();
    entry.text.said = "We called.";
    const auto activity = activities->create(coordinator, entry, "");
    const auto made = files->add_to_activity(coordinator, activity.id, sent(coordinator, "%PDF-1.4 two"), "");
    EXPECT_EQ(made.consultation_id, about);
    EXPECT_EQ(files->of_activity(coordinator, activity.id).items.size(), 1U);
    EXPECT_EQ(files->of_case(coordinator, about).items.at(0).activity_id, activity.id);
    EXPECT_EQ(faults([&] { (void)files->of_activity(stranger, activity.id); }), Faults{"not_found"});
}

TEST_P(AttachmentServiceTest, WithoutAnAnswerOfTheScannerNothingIsTaken) {
    const auto scanning = with_scanner(VirusScanner("unix:" + (folder() / "nobody.ctl").string()));
    const auto body = sent(coordinator, "%PDF-1.4 one");
    EXPECT_EQ(faults([&] { (void)scanning->add_to_case(coordinator, about, body, ""); }),
              Faults{"scanner_unavailable"});
    EXPECT_EQ(number("SELECT count(*) FROM attachments"), 0);
    EXPECT_EQ(files->add_to_case(coordinator, about, body, "").size, 12) << "the upload is still there";
}

}  // namespace
}  // namespace tsunagi::documents
