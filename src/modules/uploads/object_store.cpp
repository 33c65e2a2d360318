// SPDX-License-Identifier: Apache-2.0
#include "modules/uploads/object_store.hpp"

#include <array>
#include <memory>
#include <stdexcept>

#include <curl/curl.h>
#include <sodium.h>

#include "core/error.hpp"

namespace tsunagi::uploads {
namespace {

constexpr long seconds_to_connect = 5;
constexpr long seconds_for_all = 40;
constexpr std::size_t largest_answer = std::size_t{4} * 1024 * 1024;

std::size_t take(char* bytes, std::size_t one, std::size_t count, void* into) {
    auto& body = *static_cast<std::string*>(into);
    if (body.size() + one * count > largest_answer)
        return 0;
    body.append(bytes, one * count);
    return one * count;
}

/// The header that ties the signature to the body; this libcurl does not make it.
std::string checksum_header(std::string_view bytes) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> raw{};
    crypto_hash_sha256(raw.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());  // NOLINT
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> text{};
    sodium_bin2hex(text.data(), text.size(), raw.data(), raw.size());
    return std::string("x-amz-content-sha256: ") + text.data();
}

/// Keeps its connection from call to call.
CURL* handle_of_thread() {
    struct Close {
        void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    };

    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    thread_local const std::unique_ptr<CURL, Close> handle(started == CURLE_OK ? curl_easy_init() : nullptr);
    if (!handle)
        throw std::runtime_error("libcurl cannot start");
    curl_easy_reset(handle.get());
    return handle.get();
}

}  // namespace

struct ObjectStore::Answer {
    long status = 0;
    std::string body;
};

ObjectStore::ObjectStore(Options options) : options_(std::move(options)) {
    while (options_.endpoint.ends_with('/'))
        options_.endpoint.pop_back();
}

ObjectStore::Answer ObjectStore::ask(const char* method, const std::string& name, std::string_view bytes) const {
    CURL* curl = handle_of_thread();
    const std::string address = options_.endpoint + "/" + options_.bucket + "/" + name;
    const std::string signing = "aws:amz:" + options_.region + ":s3";
    const std::string who = options_.access_key + ":" + options_.secret_key;
    Answer answer;

    struct Free {
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };

    // Every header that is named here is signed, so no "Expect:" that only keeps one from being sent.
    const std::unique_ptr<curl_slist, Free> headers(curl_slist_append(
        curl_slist_append(nullptr, "Content-Type: application/octet-stream"), checksum_header(bytes).c_str()));
    // NOLINTBEGIN(cppcoreguidelines-pro-type-vararg): the C interface
    curl_easy_setopt(curl, CURLOPT_URL, address.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_AWS_SIGV4, signing.c_str());
    curl_easy_setopt(curl, CURLOPT_USERPWD, who.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, seconds_to_connect);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, seconds_for_all);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    if (std::string_view(method) == "PUT") {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(bytes.size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, bytes.data());
    }
    if (std::string_view(method) != "GET")
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
    const CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    // NOLINTEND(cppcoreguidelines-pro-type-vararg)
    const bool gone = answer.status == 404 && std::string_view(method) == "DELETE";
    if (code != CURLE_OK || (answer.status / 100 != 2 && !gone)) {
        throw core::Error(
            core::ErrorKind::unavailable, "store_unavailable", {},
            std::string("the object store: ") + method + " of " + name + ": " +
                (code == CURLE_OK ? "status " + std::to_string(answer.status) : curl_easy_strerror(code)));
    }
    return answer;
}

void ObjectStore::put(const std::string& name, std::string_view bytes) const {
    (void)ask("PUT", name, bytes);
}

std::string ObjectStore::get(const std::string& name) const {
    return ask("GET", name, {}).body;
}

void ObjectStore::remove(const std::string& name) const {
    (void)ask("DELETE", name, {});
}

}  // namespace tsunagi::uploads
