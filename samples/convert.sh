#!/bin/sh
# Turns the xlsx masters that the generator left in target/sample-masters into the other formats of samples/.
#
# Needs LibreOffice Calc (`soffice`) for xls, ods and et, and node with `npm install xlsx@0.16.9` (SheetJS) for xlsb
# and BIFF8 xls; NODE_PATH may name the folder of the installed package. SheetJS 0.18 writes the cells of an xlsb as
# "short" records, which calamine 0.38 passes over in silence. Run it from the root of the repository:
#
#   cargo run -p ducha-worker --example samples -- samples
#   sh samples/convert.sh [MASTERS] [SAMPLES]
#
# A master is named after its result: `x.ods.xlsx` becomes `x.ods`. No ledger is in samples/ in two formats.
set -eu

masters=${1:-target/sample-masters}
samples=${2:-samples}
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# LibreOffice: an .et file is a BIFF8 workbook under the suffix of WPS.
find "$masters/soffice" -name '*.xlsx' | sort | while read -r master; do
    relative=${master#"$masters/soffice/"}
    result=${relative%.xlsx}
    suffix=${result##*.}
    target=$suffix
    [ "$suffix" = et ] && target=xls
    mkdir -p "$work/out" "$samples/$(dirname "$result")"
    cp "$master" "$work/in.xlsx"
    # A profile of its own, so that a running LibreOffice does not swallow the request.
    soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to "$target" --outdir "$work/out" \
        "$work/in.xlsx" </dev/null >/dev/null 2>&1
    mv "$work/out/in.$target" "$samples/$result"
    echo "$samples/$result"
done

# SheetJS.
node "$here/convert.mjs" "$masters/sheetjs" "$samples"
