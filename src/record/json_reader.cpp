// SPDX-License-Identifier: Apache-2.0
#include "record/json_reader.hpp"

#include <charconv>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

namespace tsunagi::record {
namespace {

/// Builds the value and remembers the member names of every open object: a name that comes twice is refused,
/// because one of the two texts would be dropped without a word.
class StrictHandler {
public:
    static constexpr std::size_t max_object_size = 10'000;
    static constexpr std::size_t max_array_size = 100'000;
    static constexpr std::size_t max_key_size = 1'000;
    static constexpr std::size_t max_string_size = 10'000'000;

    using error_code = boost::json::error_code;
    using string_view = boost::json::string_view;

    bool on_document_begin(error_code&) { return true; }

    bool on_document_end(error_code&) { return true; }

    bool on_object_begin(error_code&) {
        keys_.emplace_back();
        return true;
    }

    bool on_object_end(std::size_t n, error_code&) {
        keys_.pop_back();
        stack_.push_object(n);
        return true;
    }

    bool on_array_begin(error_code&) { return true; }

    bool on_array_end(std::size_t n, error_code&) {
        stack_.push_array(n);
        return true;
    }

    bool on_key_part(string_view part, std::size_t, error_code&) {
        key_.append(part.data(), part.size());
        stack_.push_chars(part);
        return true;
    }

    bool on_key(string_view part, std::size_t, error_code& error) {
        key_.append(part.data(), part.size());
        if (!keys_.back().insert(key_).second) {
            duplicate_ = key_;
            error = boost::json::error::syntax;
            return false;
        }
        key_.clear();
        stack_.push_key(part);
        return true;
    }

    bool on_string_part(string_view part, std::size_t, error_code&) {
        stack_.push_chars(part);
        return true;
    }

    bool on_string(string_view part, std::size_t, error_code&) {
        stack_.push_string(part);
        return true;
    }

    bool on_number_part(string_view part, error_code&) {
        number_.append(part.data(), part.size());
        return true;
    }

    bool on_int64(std::int64_t value, string_view, error_code&) {
        number_.clear();
        stack_.push_int64(value);
        return true;
    }

    bool on_uint64(std::uint64_t value, string_view, error_code&) {
        number_.clear();
        stack_.push_uint64(value);
        return true;
    }

    /// The parser's own value may be off by the last bit; a figure that is read and written again must not change.
    bool on_double(double, string_view part, error_code& error) {
        number_.append(part.data(), part.size());
        double value = 0;
        const auto [end, fault] = std::from_chars(number_.data(), number_.data() + number_.size(), value);
        if (fault != std::errc{} || end != number_.data() + number_.size()) {
            error = boost::json::error::exponent_overflow;
            return false;
        }
        number_.clear();
        stack_.push_double(value);
        return true;
    }

    bool on_bool(bool value, error_code&) {
        stack_.push_bool(value);
        return true;
    }

    bool on_null(error_code&) {
        stack_.push_null();
        return true;
    }

    bool on_comment_part(string_view, error_code&) { return true; }

    bool on_comment(string_view, error_code&) { return true; }

    void reset() { stack_.reset(); }

    boost::json::value release() { return stack_.release(); }

    [[nodiscard]] const std::string& duplicate() const { return duplicate_; }

private:
    boost::json::value_stack stack_;
    std::vector<std::unordered_set<std::string>> keys_;
    std::string key_;
    std::string number_;
    std::string duplicate_;
};

}  // namespace

std::string pointer_part(std::string_view name) {
    std::string part;
    for (const char c : name) {
        if (c == '~') {
            part += "~0";
        } else if (c == '/') {
            part += "~1";
        } else {
            part += c;
        }
    }
    return part;
}

boost::json::value parse_json(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = 32;
    boost::json::basic_parser<StrictHandler> parser(options);
    parser.handler().reset();
    boost::json::error_code error;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    if (!error && read < text.size())
        error = boost::json::error::extra_data;
    if (error || !parser.done()) {
        const std::string& duplicate = parser.handler().duplicate();
        if (!duplicate.empty()) {
            throw core::Error(core::ErrorKind::malformed, "duplicate_member", {{"", "duplicate", duplicate}});
        }
        throw core::Error(core::ErrorKind::malformed, "malformed_json", {{"", "at_byte", std::to_string(read)}},
                          error ? error.message() : "incomplete");
    }
    return parser.handler().release();
}

}  // namespace tsunagi::record
