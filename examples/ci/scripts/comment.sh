# shellcheck shell=sh disable=SC2016,SC2154
# What the comment of a plan says, on any forge. Sourced after http.sh.
#   CHARTREUSE_NAME       tells the comments of several plans apart (chartreuse-plan)
#   CHARTREUSE_DIRECTORY  what the script `plan` left

directory=${CHARTREUSE_DIRECTORY:-chartreuse-plan}
name=$(name_of "${CHARTREUSE_NAME:-chartreuse-plan}" CHARTREUSE_NAME)
# The hidden first line, by which the script finds the comment again.
mark="<!-- chartreuse-comment $name -->"

verdict_text() {
    case $1 in
        0 | 2) ;;
        5) printf '> [!CAUTION]\n> A policy denies this plan: `apply` will refuse it (exit code 5).\n\n' ;;
        *) printf '> [!WARNING]\n> `chartreuse plan` ended with exit code %s.\n\n' "$1" ;;
    esac
}

# compose LIMIT WHERE: writes $work/body in the form that the API takes; WHERE says in Markdown where the full text is.
# A text that is too long is cut at the end of a line. The cut may leave a Markdown block open, so everything else
# stands above it.
compose() {
    [ -s "$directory/plan.md" ] || refuse "$directory holds no plan.md: run plan first" 64
    code=$(number_of "$(cat "$directory/exit-code")" exit-code)
    jq -n --rawfile text "$directory/plan.md" --arg mark "$mark" --arg verdict "$(verdict_text "$code")" \
        --arg id "$(cat "$directory/plan-id" 2> /dev/null || :)" --arg where "$2" --argjson limit "$1" '
        ($mark + "\n" + $verdict + (if $verdict == "" then "" else "\n\n" end)) as $head
        | ($head + $text + "\n" + $where + "\n") as $whole
        | if ($whole | length) <= $limit then {body: $whole}
          else
            ($head + "> [!NOTE]\n> This plan is too long for a comment and was cut. " + $where
              + (if $id == "" then "" else "\n> Plan id: `" + $id + "`" end) + "\n\n") as $top
            | {body: ($top + ($text[0:($limit - ($top | length) - 1)] | split("\n")[:-1] | join("\n")) + "\n")}
          end' > "$work/body"
}
