# shellcheck shell=sh
# Requests to the API of a forge. Sourced by the scripts beside it, which set:
#   API            its address, without a slash at the end
#   AUTHORIZATION  the header that proves who asks
# The header reaches curl by its standard input: it is neither among arguments nor in a file.

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

say() {
    printf '%s: %s\n' "${0##*/}" "$1" >&2
}

# refuse MESSAGE [CODE]
refuse() {
    say "$1"
    exit "${2:-1}"
}

# need NAME...: variables that must not be empty
need() {
    for needed in "$@"; do
        eval "value=\${$needed:-}"
        [ -n "$value" ] || refuse "the variable $needed is not set" 64
    done
}

# name_of VALUE WHAT: the value, where it can stand in a name, a path and an address as it is
name_of() {
    case $1 in
        '' | .* | *[!A-Za-z0-9._-]*) refuse "$2 may hold letters, digits, dots, hyphens and underscores: it is '$1'" 64 ;;
    esac
    printf '%s' "$1"
}

# number_of VALUE WHAT
number_of() {
    case $1 in
        '' | *[!0-9]*) refuse "$2 is no number: '$1'" 64 ;;
    esac
    printf '%s' "$1"
}

# ask METHOD PATH [FILE]: sets $status; the answer is in $work/answer. Requests that may be repeated are tried again.
ask() {
    method=$1 path=$2
    case $AUTHORIZATION in
        *[!A-Za-z0-9._~+/=:\ -]*) refuse "the token holds characters that no token has" 64 ;;
    esac
    set -- ${3:+--data-binary "@$3" --header 'Content-Type: application/json'}
    [ "$method" != GET ] || set -- --location --retry "${CHARTREUSE_CI_RETRIES:-2}"
    status=$(printf 'header = "%s"\n' "$AUTHORIZATION" | curl --config - --silent --show-error "$@" \
        --request "$method" --connect-timeout 10 --max-time 60 --header 'Accept: application/json' \
        --output "$work/answer" --write-out '%{http_code}' "$API$path") \
        || refuse "$method $API$path: no answer"
}

# the message of the API, on one line
said() {
    jq -r '(.message // .error // .) | tostring | gsub("[[:cntrl:]]"; " ") | .[0:200]' "$work/answer" 2>/dev/null || :
}

# must METHOD PATH [FILE]: the same; anything but success ends the script
must() {
    ask "$@"
    case $status in
        2??) ;;
        401 | 403) refuse "$1 $API$2: the token may not do that (HTTP $status): $(said)" ;;
        *) refuse "$1 $API$2: HTTP $status: $(said)" ;;
    esac
}

# pages PATH FILTER [JQ ARGUMENT...]: what the filter finds on each page of a list, one page after another
pages() {
    list=$1 filter=$2
    shift 2
    page=1
    while :; do
        case $list in
            *\?*) must GET "$list&per_page=100&page=$page" ;;
            *) must GET "$list?per_page=100&page=$page" ;;
        esac
        jq -r "$@" "$filter" "$work/answer"
        [ "$(jq 'if type == "array" then length else 0 end' "$work/answer")" -eq 100 ] || break
        page=$((page + 1))
    done
}
