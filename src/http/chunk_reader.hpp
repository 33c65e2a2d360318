// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tsunagi::http {

/// Reads a body in chunks (RFC 9112, 7.1). Extensions and trailers are passed over; together they may not be longer
/// than 4 KiB. Beast has a reader of its own, whose assertion on the size of its input a client can break by sending
/// the last chunk in pieces.
class ChunkReader {
public:
    enum class State { reading, complete, malformed, too_large };

    /// Appends what the chunks hold to `body`, up to `most` bytes in all, and answers how many bytes it used: all of
    /// them while it is reading.
    std::size_t feed(std::string_view bytes, std::string& body, std::size_t most);

    [[nodiscard]] State state() const { return state_; }

private:
    enum class Place {
        size,
        extension,
        size_end,
        data,
        data_return,
        data_end,
        trailer_start,
        trailer,
        trailer_end,
        end
    };

    void step(char c, std::size_t room);
    void read_size(char c);
    /// Something of no use to us: printable, and not too much of it.
    void pass_over(char c, Place at_return);
    void expect(char wanted, char c, Place next);

    static constexpr std::size_t most_digits = 8;
    static constexpr std::size_t most_overhead = 4096;
    State state_ = State::reading;
    Place place_ = Place::size;
    std::uint64_t size_ = 0;
    std::size_t digits_ = 0;
    std::size_t overhead_ = 0;
};

}  // namespace tsunagi::http
