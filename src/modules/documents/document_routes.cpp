// SPDX-License-Identifier: Apache-2.0
#include "modules/documents/document_routes.hpp"

#include "modules/documents/content_rules.hpp"

namespace tsunagi::documents {
namespace {

const access::Actor& actor(const auto& call) {
    return access::actor_of(call.request.principal);
}

AttachmentId id(const auto& call) {
    return call.template id<AttachmentId>();
}

core::ConsultationId of_case(const auto& call) {
    return call.template id<core::ConsultationId>();
}

core::ActivityId of_activity(const auto& call) {
    return call.template id<core::ActivityId>();
}

/// One part after the other, so that a file of 50 MiB never stands in memory whole.
class FileSource final : public http::BodySource {
public:
    FileSource(const AttachmentService& service, const AttachmentContent& content)
        : service_(service),
          upload_(content.upload_id),
          size_(content.size),
          ahead_(service.part(upload_, 0)) {}  // what cannot be opened at all is told before the answer begins

    [[nodiscard]] std::size_t size() const override { return static_cast<std::size_t>(size_); }

    [[nodiscard]] std::string next() override {
        const std::int64_t number = number_++;
        return number == 0 ? std::move(ahead_) : service_.part(upload_, number);
    }

private:
    const AttachmentService& service_;  // NOLINT: outlives every answer
    uploads::UploadId upload_;
    std::int64_t size_;
    std::int64_t number_ = 0;
    std::string ahead_;
};

http::Response file(const AttachmentService& service, const AttachmentContent& content, std::string_view how) {
    http::Response response;
    response.source = std::make_shared<FileSource>(service, content);
    response.set("content-type", std::string(media_type(content.kind, content.name)));
    response.set("content-disposition", disposition(how, content.name));
    // Nothing in the file runs or loads anything; only our own page may show it in a frame. A sandbox would keep the
    // browser's PDF viewer out, so a preview goes without it: what is previewed is an image or a PDF by its content.
    response.set("content-security-policy", how == "inline" ? "default-src 'none'; img-src 'self'; object-src 'self'; "
                                                              "style-src 'unsafe-inline'; frame-ancestors 'self'"
                                                            : "default-src 'none'; frame-ancestors 'none'; sandbox");
    response.set("cache-control", "no-store");
    return response;
}

}  // namespace

std::vector<http::Operation> routes(AttachmentService& service) {
    const http::Permission read("persons.read");
    const http::Permission write("consultations.write");
    return {
        http::get<Attachments>("/api/consultations/{id}/attachments", "listCaseAttachments", read,
                               [&service](const auto& call) { return service.of_case(actor(call), of_case(call)); }),
        http::post<NewAttachment, Attachment>("/api/consultations/{id}/attachments", "addCaseAttachment", write,
                                              [&service](const auto& call) {
                                                  return service.add_to_case(actor(call), of_case(call), call.body,
                                                                             call.idempotency_key());
                                              })
            .once(),
        http::get<Attachments>(
            "/api/activities/{id}/attachments", "listActivityAttachments", read,
            [&service](const auto& call) { return service.of_activity(actor(call), of_activity(call)); }),
        http::post<NewAttachment, Attachment>("/api/activities/{id}/attachments", "addActivityAttachment", write,
                                              [&service](const auto& call) {
                                                  return service.add_to_activity(actor(call), of_activity(call),
                                                                                 call.body, call.idempotency_key());
                                              })
            .once(),
        http::put<AttachmentChange, Attachment>(
            "/api/attachments/{id}", "changeAttachment", write,
            [&service](const auto& call) { return service.change(actor(call), id(call), call.if_match(), call.body); })
            .if_match(),
        http::put<AttachmentWithdrawal, Attachment>("/api/attachments/{id}/withdrawal", "withdrawAttachment", write,
                                                    [&service](const auto& call) {
                                                        return service.withdraw(actor(call), id(call), call.if_match(),
                                                                                call.body);
                                                    })
            .if_match(),
        http::remove<Attachment>(
            "/api/attachments/{id}/withdrawal", "putBackAttachment", write,
            [&service](const auto& call) { return service.put_back(actor(call), id(call), call.if_match()); })
            .if_match(),
        http::get<http::Response>("/api/attachments/{id}/content", "getAttachmentContent", read,
                                  [&service](const auto& call) {
                                      return file(service, service.open(actor(call), id(call), "download"),
                                                  "attachment");
                                  })
            .answers("application/octet-stream"),
        http::get<http::Response>("/api/attachments/{id}/preview", "getAttachmentPreview", read,
                                  [&service](const auto& call) {
                                      return file(service, service.open(actor(call), id(call), "preview"), "inline");
                                  })
            .answers("application/octet-stream"),
    };
}

}  // namespace tsunagi::documents
