// SPDX-License-Identifier: Apache-2.0
// A fresh, migrated database for one test, on either engine. Tests are written once:
//
//   class RegionStoreTest : public test::DatabaseTest {};
//   TSUNAGI_BOTH_ENGINES(RegionStoreTest);
//   TEST_P(RegionStoreTest, KeepsTheTree) { database().write(…); }
#pragma once
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "core/id.hpp"
#include "db/database.hpp"
#include "db/migrate.hpp"

namespace tsunagi::test {

/// A folder of its own, removed at the end.
class TemporaryFolder {
public:
    TemporaryFolder() : path_(std::filesystem::temp_directory_path() / ("tsunagi-test-" + core::new_uuid())) {
        std::filesystem::create_directories(path_);
    }

    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// A row of the plainest table there is.
struct Setting {
    std::string name;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(Setting, (), (name, value))

/// On PostgreSQL a schema of its own inside the database of TSUNAGI_TEST_POSTGRES; on SQLite a file.
class DatabaseTest : public ::testing::TestWithParam<db::Engine> {
protected:
    void SetUp() override {
        db::DatabaseOptions options;
        options.engine = GetParam();
        options.readers = 4;
        options.writers = 4;
        if (GetParam() == db::Engine::sqlite) {
            options.target = (folder_.path() / "tsunagi.db").string();
        } else {
            const char* server = std::getenv("TSUNAGI_TEST_POSTGRES");
            if (server == nullptr)
                GTEST_SKIP() << "TSUNAGI_TEST_POSTGRES is not set; ./dev test sets it";
            std::string name = "t" + core::new_uuid();
            std::erase(name, '-');
            schema_ = name;
            server_ = server;
            db::Session admin(db::Engine::postgres, server_);
            admin.run("CREATE SCHEMA " + schema_);
            options.target = server_ + " options='-c search_path=" + schema_ + "'";
        }
        {
            db::Session session(options.engine, options.target);
            db::migrate(session, db::newest_version());
        }
        database_ = std::make_unique<db::Database>(options);
    }

    void TearDown() override {
        database_.reset();
        if (!schema_.empty()) {
            db::Session admin(db::Engine::postgres, server_);
            admin.run("DROP SCHEMA " + schema_ + " CASCADE");
        }
    }

    [[nodiscard]] db::Database& database() { return *database_; }

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

private:
    TemporaryFolder folder_;
    std::string server_;
    std::string schema_;
    std::unique_ptr<db::Database> database_;
};

inline std::string engine_name(const ::testing::TestParamInfo<db::Engine>& info) {
    return info.param == db::Engine::sqlite ? "sqlite" : "postgres";
}

}  // namespace tsunagi::test

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): GoogleTest offers no other way
#define TSUNAGI_BOTH_ENGINES(suite)                                                                         \
    INSTANTIATE_TEST_SUITE_P(Engines, suite,                                                                \
                             ::testing::Values(tsunagi::db::Engine::sqlite, tsunagi::db::Engine::postgres), \
                             tsunagi::test::engine_name)
