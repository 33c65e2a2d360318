// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace tsunagi::uploads {

/// An object store that speaks the S3 protocol, addressed in path style and signed with AWS Signature Version 4.
class ObjectStore {
public:
    struct Options {
        std::string endpoint;  ///< https://s3.example.jp
        std::string bucket;
        std::string region;
        std::string access_key;
        std::string secret_key;
    };

    explicit ObjectStore(Options options);

    // All throw core::Error `unavailable` with reason `store_unavailable` when the store cannot be reached or refuses.

    void put(const std::string& name, std::string_view bytes) const;
    [[nodiscard]] std::string get(const std::string& name) const;
    /// One that does not exist is removed already.
    void remove(const std::string& name) const;

private:
    struct Answer;
    [[nodiscard]] Answer ask(const char* method, const std::string& name, std::string_view bytes) const;

    Options options_;
};

}  // namespace tsunagi::uploads
