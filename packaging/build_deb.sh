#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes TARGET/tsunagi_<version>_<architecture>.deb from build/release and web/dist. `./dev package` builds both first.
set -euo pipefail

target=$(realpath -m "${1:?usage: packaging/build_deb.sh TARGET}")
cd "$(dirname "$0")/.."

version=$(build/release/tsunagi version | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1)
architecture=$(dpkg --print-architecture)
root=$target/root

rm -rf "$root"
install -D -m 0755 --strip build/release/tsunagi "$root/usr/bin/tsunagi"
install -D -m 0644 packaging/tsunagi.service "$root/lib/systemd/system/tsunagi.service"
install -D -m 0640 packaging/tsunagi.toml "$root/etc/tsunagi/tsunagi.toml"
install -d "$root/usr/share/tsunagi" "$root/usr/share/doc/tsunagi" "$root/DEBIAN"
cp -r web/dist "$root/usr/share/tsunagi/web"
rm -f "$root/usr/share/tsunagi/web/.built-from"
cp -r packs demo "$root/usr/share/tsunagi/"
cp README.md README.ja.md THIRD_PARTY.md docs/operations.ja.md "$root/usr/share/doc/tsunagi/"
cp LICENSE "$root/usr/share/doc/tsunagi/copyright"
chmod -R u=rwX,go=rX "$root/usr"

# Which library packages the program needs is read from the program; dpkg-shlibdeps wants a source package around it.
mkdir -p "$target/debian"
printf 'Source: tsunagi\n\nPackage: tsunagi\nArchitecture: any\n' >"$target/debian/control"
depends=$(cd "$target" && dpkg-shlibdeps -O --ignore-missing-info root/usr/bin/tsunagi 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
rm -rf "$target/debian"

sed -e "s|@VERSION@|$version|" -e "s|@ARCHITECTURE@|$architecture|" -e "s|@DEPENDS@|$depends|" \
    -e "s|@INSTALLED_SIZE@|$(du -sk "$root" | cut -f 1)|" packaging/debian/control.in >"$root/DEBIAN/control"
install -m 0644 packaging/debian/conffiles "$root/DEBIAN/conffiles"
install -m 0755 packaging/debian/postinst packaging/debian/prerm packaging/debian/postrm "$root/DEBIAN/"

dpkg-deb --root-owner-group --build "$root" "$target/tsunagi_${version}_$architecture.deb"
