package city.emona.portal;

import city.emona.governance.council.Author.Gender;
import city.emona.governance.council.InitiativeKind;
import city.emona.governance.council.InitiativeStory;
import city.emona.governance.council.InitiativeStory.Answer;
import city.emona.governance.council.InitiativeStory.Party;
import city.emona.governance.council.MissingPart;
import city.emona.governance.council.SessionReference;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the register of the council into words of a language, with the right forms of gender and number. */
final class CouncilWords {
    private final Texts texts;
    private final Format format;

    CouncilWords(Language language) {
        this.texts = Texts.of(language);
        this.format = Format.of(language);
    }

    /** What it is: »pobuda«, »vprašanje«. */
    String kind(@Nullable InitiativeKind kind) {
        return texts.text("council.kind." + (kind == null ? "unknown" : kind.code()));
    }

    /** The session in a list: »6. seja mestnega sveta«. */
    String session(SessionReference session) {
        String key = "council.session." + (session.isExtraordinary() ? "extraordinary" : "regular");
        return session.number() == null ? texts.text("council.session.unnumbered") : texts.text(key, session.number());
    }

    private String atSession(SessionReference session) {
        String key = "council.at." + (session.isExtraordinary() ? "extraordinary" : "regular");
        String at = session.number() == null ? texts.text("council.at.unnumbered") : texts.text(key, session.number());
        return session.date() == null ? at : texts.text("council.at.day", at, format.date(session.date()));
    }

    /** Who did what when, and what came of it, in one or two sentences. */
    String summary(InitiativeStory story) {
        return raised(story) + " " + outcome(story);
    }

    private String raised(InitiativeStory story) {
        String at = story.session() == null ? texts.text("council.at.unknown") : atSession(story.session());
        String kind = "council.raised."
                + (story.kind() == null ? "unknown" : story.kind().code());
        String authors = story.authors().stream().map(Party::name).collect(Collectors.joining(", "));
        if (story.authors().size() != 1) {
            String key = authors.isEmpty() ? ".nobody" : ".several";
            return texts.text(kind + key, at, authors);
        }
        Party author = story.authors().getFirst();
        if (author.isBody()) {
            return texts.text(kind + ".body", at, author.name());
        }
        return author.gender() == null
                ? texts.text(kind + ".several", at, authors)
                : texts.text(kind + "." + author.gender().name().toLowerCase(Locale.ROOT), at, author.name());
    }

    private String outcome(InitiativeStory story) {
        return story.findFirstAnswer()
                .map(answer -> answered(answer.days()))
                .orElse(texts.text("council.outcome.none"));
    }

    private String answered(OptionalLong days) {
        if (days.isEmpty()) {
            return texts.text("council.outcome.someday");
        }
        return days.getAsLong() == 0
                ? texts.text("council.outcome.sameDay")
                : texts.text("council.outcome.after", format.count(days.getAsLong(), "council.after"));
    }

    /** The state as a word: »odgovorjeno po 81 dneh«. */
    String state(InitiativeStory story) {
        OptionalLong days = story.findFirstAnswer().map(Answer::days).orElse(OptionalLong.empty());
        if (story.answers().isEmpty()) {
            return texts.text("council.state.open");
        }
        return days.isEmpty()
                ? texts.text("council.state.answered")
                : texts.text("council.state.after", format.count(days.getAsLong(), "council.after"));
    }

    /** The span between two events: »81 dni«. */
    String between(long days) {
        return format.count(days, "council.days");
    }

    /** What an author is: »svetnica«. */
    String role(Party party) {
        if (party.isBody()) {
            return "";
        }
        Gender gender = party.gender();
        return texts.text(
                "council.role." + (gender == null ? "unknown" : gender.name().toLowerCase(Locale.ROOT)));
    }

    /** The name of a part of a letter. */
    String part(MissingPart missing) {
        return texts.text("council.part." + missing.part().code());
    }

    /** Why a part is missing. */
    String reason(MissingPart missing) {
        return Objects.requireNonNull(
                switch (missing.reason()) {
                    case ABSENT ->
                        texts.text(
                                "council.missing.absent",
                                texts.text("council.sought." + missing.part().code()));
                    case UNREADABLE -> texts.text("council.missing.unreadable", missing.found());
                    case CONTRADICTORY -> texts.text("council.missing.contradictory", missing.found());
                });
    }
}
