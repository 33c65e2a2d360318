// SPDX-License-Identifier: Apache-2.0
#include "app/settings.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/support/test_database.hpp"

namespace tsunagi::app {
namespace {

class SettingsTest : public ::testing::Test {
protected:
    std::filesystem::path write(const std::string& text) {
        const auto file = folder_.path() / "tsunagi.toml";
        std::ofstream(file) << text;
        return file;
    }

    static std::string message(const std::function<void()>& work) {
        try {
            work();
        } catch (const SettingError& error) {
            return error.what();
        }
        return "";
    }

    void TearDown() override { ::unsetenv("TSUNAGI_PORT"); }

private:
    test::TemporaryFolder folder_;
};

TEST_F(SettingsTest, FlagsWinOverEnvironmentOverFileOverBuiltIn) {
    EXPECT_EQ(read_settings("", {}).port, 8080);
    const auto file = write("port = 1001\n[tls]\ncertificate = \"c.pem\"\nkey = \"k.pem\"\n");
    EXPECT_EQ(read_settings(file, {}).port, 1001);
    EXPECT_EQ(read_settings(file, {}).tls_key, "k.pem");
    ::setenv("TSUNAGI_PORT", "1002", 1);
    EXPECT_EQ(read_settings(file, {}).port, 1002);
    EXPECT_EQ(read_settings(file, {{"port", "1003"}}).port, 1003);
}

TEST_F(SettingsTest, AWrongSettingIsRefusedWithItsNameAndPlace) {
    const auto file = write("listen = \"0.0.0.0\"\nprot = 80\n");
    EXPECT_NE(message([&] { (void)read_settings(file, {}); }).find(":2: there is no setting \"prot\""),
              std::string::npos);
    EXPECT_NE(message([] {
                  (void)read_settings("", {{"port", "80a"}});
              }).find("\"port\" must be a whole number"),
              std::string::npos);
    ::setenv("TSUNAGI_PORT", "70000", 1);
    EXPECT_NE(message([] { (void)read_settings("", {}); }).find("TSUNAGI_PORT"), std::string::npos);
    ::unsetenv("TSUNAGI_PORT");
    ::setenv("TSUNAGI_TLS_CERT", "c.pem", 1);
    EXPECT_EQ(message([] { (void)read_settings("", {}); }), "TSUNAGI_TLS_CERT: there is no such setting");
    ::unsetenv("TSUNAGI_TLS_CERT");
    EXPECT_FALSE(message([&] { (void)read_settings(write("port = [1]"), {}); }).empty());
    EXPECT_FALSE(message([&] { (void)read_settings(write("port = "), {}); }).empty());
    EXPECT_FALSE(message([] { (void)read_settings("", {{"tls.key", "k.pem"}}); }).empty());
    EXPECT_FALSE(message([] { (void)read_settings("", {{"database", "oracle"}}); }).empty());
}

TEST_F(SettingsTest, TheOperationsGuideNamesEverySetting) {
    std::ifstream in(TSUNAGI_SOURCE_DIR "/docs/operations.ja.md");
    std::stringstream guide;
    guide << in.rdbuf();
    for (const std::string& name : setting_names()) {
        EXPECT_NE(guide.str().find("`" + name + "`"), std::string::npos)
            << name << " is missing in docs/operations.ja.md";
    }
}

}  // namespace
}  // namespace tsunagi::app
