#!/usr/bin/env bash
# PowerShell for transport local: the product's own command line goes to the Windows in $WINEPREFIX (by $RUN_IN), everything
# else to this machine's engine ($PWSH). Every call has a limit. It is made again, at most $TRIES times in all, only where the
# runtime ended without an answer line; an answer is never asked for twice.
set -u
for argument; do
    case $argument in
        '& ([ScriptBlock]::Create('*)
            folder=$(mktemp -d)
            trap 'rm -rf "$folder"' EXIT
            cat >"$folder/in"
            code=1
            for ((try = 0; try < ${TRIES:-3}; try++)); do
                timeout -k 5 "${LIMIT:-90}" "$RUN_IN" "powershell.exe -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command \"$argument\"" \
                    <"$folder/in" >"$folder/out" 2>"$folder/err"
                code=$?
                if grep -q '^ASRDOCTOR-ANSWER ' "$folder/out"; then break; fi
            done
            cat "$folder/out"
            cat "$folder/err" >&2
            exit "$code"
            ;;
    esac
done
exec "$PWSH" "$@"
