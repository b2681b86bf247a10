"""Words that people bring from other tools, and what is meant by them here.

Each table is written from what is right here to the words for it, with spaces between them, and read the other way.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

_Right = TypeVar("_Right")

_PAGES = "`agenda site FOLDER` writes pages for the web"
_SETTINGS = "there are no settings but options, and $AGENDA_DATA for the file"
_SORTED = "events come by time; `--format tsv | sort` sorts them otherwise"
_CUT = "`| head -n {}` cuts a list, and `agenda next -n {}` tells what comes next"
_NO_COLOUR = "`NO_COLOR=1` before the command takes colours away"
_REMINDER = "`agenda export --alarm 30m` puts reminders into a calendar"


def _by_word(table: Mapping[_Right, str]) -> dict[str, _Right]:
    return {word: right for right, words in table.items() for word in words.split()}


COMMAND_LINES: Mapping[str, str] = _by_word(
    {
        "agenda list --search {}": "search find grep query filter cerca",
        "agenda list {}": "ls dir events agenda schedule programme program programma lista elenco listing print all "
        "printics table report calw when on",
        "agenda list --with {}": "who with person chi",
        "agenda list --venue {}": "where venue dove",
        "agenda list --room {}": "room sala hall",
        "agenda list --city {}": "in city location place",
        "agenda list --topic {}": "topic track tag",
        "agenda show {}": "view cat info details describe get event id open mostra",
        "agenda month {}": "calendar cal calm mese grid",
        "agenda day {}": "timetable hours hourly orario giornata",
        "agenda timeline {}": "gantt chart bars graph lanes log",
        "agenda next {}": "now at upcoming soon current status ahead prossimo remind",
        "agenda clashes {}": "clash conflicts conflict overlaps overlap collisions collision double-booked "
        "conflitti sovrapposizioni",
        "agenda diff {}": "changes changelog changed compare delta news whatsnew differenze",
        "agenda count {}": "stats stat statistics summary total wc tally conta",
        "agenda count city": "cities places locations",
        "agenda count topic": "topics tracks tags categories",
        "agenda count person": "people speakers persons participants attendees",
        "agenda count venue": "venues",
        "agenda count room": "rooms",
        "agenda count kind": "kinds",
        "agenda count organizer": "organizers",
        "agenda count day": "days",
        "agenda export {}": "ics ical icalendar save dump download subscribe esporta calendars",
        "agenda export --format frab {}": "frab pentabarf pretalx xml fahrplan eventfahrplan giggity",
        "agenda list --format markdown {}": "md markdown wiki",
        "agenda list --format csv {}": "csv xlsx excel spreadsheet",
        "agenda list --format json {}": "json",
        "agenda list --format jsonl {}": "jsonl",
        "agenda list --format tsv {}": "tsv",
        "agenda new {}": "init create start nuovo",
        "agenda check {}": "validate lint verify test doctor fsck fmt",
        "agenda push {}": "sync upload caldav vdirsyncer",
        "agenda add {}": "quick insert append aggiungi create-event",
        "agenda set {}": "update modify modifica",
        "agenda move {}": "mv reschedule postpone sposta",
        "agenda cancel {}": "annulla",
        "agenda remove {}": "rm delete del elimina",
        "agenda edit {}": "editor vi vim nano",
        "agenda import {}": "convert load read importa from-ics",
        "agenda --version": "version",
        "agenda --install-completion": "completion completions",
        "agenda --help": "man usage aiuto commands",
    }
)
"""Commands of other tools, and the line that is right here; `{}` is what was typed after the command."""

COMMAND_SENTENCES: Mapping[str, str] = _by_word(
    {
        "`agenda edit` opens the file in your editor; a version control such as git takes changes back": "undo",
        _PAGES: "html htm web website serve deploy",
        f"{_PAGES}, and `agenda push ADDRESS` keeps a calendar on a server up to date": "publish share pubblica",
        _SETTINGS: "config configure settings login auth",
        _REMINDER: "notify alarm alert",
    }
)
"""Commands of other tools that no line stands for, and what is to be said of them."""

OPTIONS: Mapping[str, Sequence[str]] = _by_word(
    {
        ("--on {value or name}",): "--week --month",
        ("--on {}",): "--date --dates --day --at --giorno --period --range --mese --settimana",
        ("--on today..+3d",): "--days",
        ("--from {}",): "--since --start --after --begin --start-date --da --dal --dopo --from-date",
        ("--to {}",): "--until --till --end --before --end-date --to-date --through --al --fino --entro",
        ("--with {}",): "--person --people --speaker --speakers --organizer --organiser --organizers --who --attendee "
        "--participant --by-person --author --party --name --host "
        "--con --persona --chi",
        ("--search {}",): "--title --text --query --grep --find --filter --contains --match --keyword --cerca -S -g",
        (
            "--city {}",
            "--venue {}",
        ): "--location --place --where --cities --town --in --citta --città --luogo --dove",
        ("--venue {}",): "--venues --site --address",
        ("--room {}",): "--rooms --hall --sala --aula",
        ("--topic {}",): "--track --tracks --tag --tags --category --categories --topics --subject --label --tema "
        "--argomento",
        ("--kind {}",): "--type --types --kinds --tipo",
        ("`agenda show {}` takes ids as they are",): "--id --ids --uid",
        (
            "--format {name}",
            "`agenda list --format {name}` gives data",
        ): "--json --csv --tsv --jsonl --markdown --table",
        ("--format markdown",): "--md --pdf",
        (_PAGES,): "--html --web",
        ("--format jsonl",): "--ndjson",
        ("--format csv",): "--excel --xlsx",
        ("--format tsv",): "--plain --porcelain --raw --no-table",
        ("`agenda export` writes iCalendar",): "--ics --ical --icalendar",
        ("`agenda export --format frab` writes a schedule in XML",): "--frab --xml --pentabarf",
        ("--format {}",): "--output-format --as --fmt -F",
        ("--fields {}",): "--columns --column --cols --field --details --select",
        (
            "--number {}",
            _CUT,
        ): "--limit --max --max-count --top --head --first --number -n",
        ("--number {}", "`agenda count` counts events"): "--count --total --stats",
        (_SORTED,): "--sort --order --sort-by --order-by --reverse --desc -r",
        (
            "--by {}",
            "`agenda count --by {}` and `agenda timeline --by {}` group",
        ): "--group --group-by",
        (_NO_COLOUR,): "--no-color --no-colour --nocolor --color --colour --mono",
        ("--data {}",): "--file --input --input-file --calendar --source-file --agenda --config --path",
        ("--output {}",): "--out --outfile --output-file --dest --target --save",
        ("`> {}` after the command writes a file",): "--output -o",
        ("--tz {}",): "--timezone --time-zone --zone --tzid",
        ("--tz local",): "--local --localtime --local-time",
        ("--utc",): "--gmt --zulu",
        ("help and messages are in English alone",): "--lang --language --locale",
        ("without options, all events are told",): "--all -a --everything --include-past",
        ("--to yesterday",): "--past --over --done --history",
        ("`agenda list --format json` gives data, and `agenda export` iCalendar",): "--format -f",
        ("--from today",): "--future --upcoming --next",
        ("--on {name}",): "--today --tomorrow --yesterday --weekend --oggi --domani --dopodomani --ieri",
        ("--status cancelled",): "--cancelled --canceled --deleted",
        ("--status {name}",): "--confirmed --tentative",
        ("--when {name}",): "--fixed --tba --between",
        ("--when fixed",): "--only-fixed",
        (
            "--alarm {}",
            _REMINDER,
        ): "--alarms --reminder --remind --alert",
        ("--verbose",): "--debug --log -vv",
        ("--quiet",): "--silent --no-warnings",
        ("--force",): "--yes --overwrite -y",
        ("--dry-run",): "--dry --simulate --pretend",
        ("--delete",): "--delete-missing",
        ("`agenda --version` tells the version",): "-V -version",
        ("--help",): "-? -help --usage --man",
        ("`COLUMNS=60` before the command sets the width",): "--width",
        ("`agenda list | fzf -m | agenda show -` chooses events one by one",): "--interactive -i",
    }
)
"""Options of other tools, and what is right here: the first of these whose option the command has, or a sentence. `{}`
is the value that was typed, `{name}` the option without its hyphens, and `{value or name}` the first of these two that
there is.
"""

VALUES: Mapping[str, Mapping[str, str]] = {
    "format": _by_word(
        {
            "`agenda export` writes iCalendar": "ics ical icalendar vcal ifb",
            _PAGES: "html htm web",
            "its name here is markdown": "md wiki",
            "--format markdown is what pandoc makes a PDF of": "pdf",
            "spreadsheets take --format csv": "xlsx xls excel ods spreadsheet",
            "--format json is what other programs read": "yaml yml toml",
            "`agenda export --format frab` writes a schedule in XML": "frab pentabarf pretalx xml",
            "its name here is tsv": "txt text plain tab tabs raw",
            "its name here is table": "pretty rich human long",
            "its name here is jsonl": "ndjson jsonlines ldjson",
        }
    ),
    "export_format": _by_word(
        {
            "its name here is frab": "xml pentabarf pretalx schedule fahrplan voc",
            "its name here is ics": "ical icalendar calendar vcal ifb",
            "`agenda list --format json` writes data": "json jsonl csv tsv",
            "`agenda list --format markdown` writes a table": "markdown md",
            _PAGES: "html htm web",
        }
    ),
    "status": _by_word(
        {
            "its name here is cancelled": "canceled deleted off annullato",
            "its name here is tentative": "maybe perhaps provisional unconfirmed",
            "its name here is confirmed": "ok sure definite",
            "--to yesterday chooses what is over": "past over done",
        }
    ),
    "when": _by_word(
        {
            "days are chosen by --on": "today tomorrow now soon",
            "its name here is tba": "tbd unknown undated none",
            "its name here is fixed": "sure known dated",
        }
    ),
    "by": _by_word(
        {
            "its name here is person": "speaker speakers people who participant name persona persone "
            "relatore relatori chi",
            "its name here is day": "date days dates giorno giorni data",
            "`agenda count --by day` counts days": "week month year",
            "its name here is city": "location place cities town country where città citta luogo luoghi",
            "its name here is venue": "venues building site sede sedi",
            "its name here is room": "rooms hall sala sale",
            "its name here is topic": "track tag category topics tags tema temi argomento argomenti",
            "its name here is kind": "type types kinds tipo tipi",
            "its name here is organizer": "organiser organisers organizzatore organizzatori",
            "its name here is status": "stato",
        }
    ),
    "split": _by_word(
        {
            "its name here is city": "cities place location",
            "its name here is day": "date days",
            "its name here is topic": "track tag topics",
            "its name here is person": "people speaker speakers who",
            "its name here is venue": "venues building site",
            "its name here is room": "rooms hall sala",
            "its name here is event": "events id file",
        }
    ),
}
"""Values of options by the option's name: what other tools call them, and what is to be said."""
