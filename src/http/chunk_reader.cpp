// SPDX-License-Identifier: Apache-2.0
#include "http/chunk_reader.hpp"

#include <algorithm>

namespace tsunagi::http {

std::size_t ChunkReader::feed(std::string_view bytes, std::string& body, std::size_t most) {
    std::size_t used = 0;
    while (used < bytes.size() && state_ == State::reading) {
        if (place_ != Place::data) {
            step(bytes[used++], most - body.size());
            continue;
        }
        const std::size_t part = std::min<std::size_t>(size_, bytes.size() - used);
        body.append(bytes.substr(used, part));
        used += part;
        size_ -= part;
        if (size_ == 0)
            place_ = Place::data_return;
    }
    return used;
}

void ChunkReader::step(char c, std::size_t room) {
    switch (place_) {
        case Place::size:
            return read_size(c);
        case Place::extension:
            return pass_over(c, Place::size_end);
        case Place::size_end:
            expect('\n', c, size_ == 0 ? Place::trailer_start : Place::data);
            if (state_ == State::reading && size_ > room)
                state_ = State::too_large;
            return;
        case Place::data:
            return;
        case Place::data_return:
            return expect('\r', c, Place::data_end);
        case Place::data_end:
            digits_ = 0;
            return expect('\n', c, Place::size);
        case Place::trailer_start:
            if (c == '\r') {
                place_ = Place::end;
                return;
            }
            place_ = Place::trailer;
            return pass_over(c, Place::trailer_end);
        case Place::trailer:
            return pass_over(c, Place::trailer_end);
        case Place::trailer_end:
            return expect('\n', c, Place::trailer_start);
        case Place::end:
            expect('\n', c, Place::end);
            if (state_ == State::reading)
                state_ = State::complete;
            return;
    }
}

void ChunkReader::read_size(char c) {
    unsigned digit = 16;
    if (c >= '0' && c <= '9')
        digit = static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f')
        digit = static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F')
        digit = static_cast<unsigned>(c - 'A') + 10;
    if (digit < 16 && digits_ < most_digits) {
        size_ = size_ * 16 + digit;
        ++digits_;
    } else if (digits_ > 0 && c == '\r') {
        place_ = Place::size_end;
    } else if (digits_ > 0 && c == ';') {
        place_ = Place::extension;
    } else {
        state_ = State::malformed;
    }
}

void ChunkReader::pass_over(char c, Place at_return) {
    const bool control = (c >= 0 && c < 0x20 && c != '\t') || c == 0x7f;
    if (c == '\r') {
        place_ = at_return;
    } else if (control || ++overhead_ > most_overhead) {
        state_ = State::malformed;
    }
}

void ChunkReader::expect(char wanted, char c, Place next) {
    if (c == wanted) {
        place_ = next;
    } else {
        state_ = State::malformed;
    }
}

}  // namespace tsunagi::http
