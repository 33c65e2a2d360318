// SPDX-License-Identifier: Apache-2.0
// The body of a new consultation: refused with its places, or read so that writing it and reading it again changes
// nothing.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/utf8.hpp"
#include "modules/consultations/consultation.hpp"
#include "record/json_reader.hpp"
#include "record/json_writer.hpp"

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tsunagi;
    using consultations::NewConsultation;
    const std::string_view text(reinterpret_cast<const char*>(data), size);  // NOLINT: the fuzzer's interface
    try {
        const auto consultation = record::from_json<NewConsultation>(text);
        const std::string written = record::to_json(consultation);
        demand(core::utf8_length(written).has_value());
        demand(record::to_json(record::from_json<NewConsultation>(written)) == written);
    } catch (const core::Error& error) {
        demand(error.kind() == core::ErrorKind::malformed || error.kind() == core::ErrorKind::invalid);
        demand(error.kind() == core::ErrorKind::malformed || !error.fields().empty());
    }
    return 0;
}
