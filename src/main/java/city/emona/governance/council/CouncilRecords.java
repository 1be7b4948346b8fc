package city.emona.governance.council;

import city.emona.governance.council.Author.CouncilGroup;
import city.emona.governance.council.Author.Councillor;
import city.emona.json.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns answer letters into linked entities: who asked, at which session, what, and who answered when. Their ids come from the case
 * number, the day of the session and the names, so that the same letter leads to the same entities.
 */
public final class CouncilRecords {
    private static final String COUNCIL_ID = "mestni-svet";
    private static final int LONGEST_TOPIC_SLUG = 60;

    private final AnswerLetter letter;
    private final List<EntityJson> entities = new ArrayList<>();

    private CouncilRecords(AnswerLetter letter) {
        this.letter = letter;
    }

    /** The record of a letter. */
    public static CouncilRecord of(AnswerLetter letter) {
        return new CouncilRecords(letter).record();
    }

    private CouncilRecord record() {
        String unit = unit();
        List<String> authors = letter.authors().stream().map(this::author).toList();
        String meeting = meeting();
        String signer = letter.signer() == null ? null : person(letter.signer(), null);
        EntityJson initiative = initiative(authors, meeting);
        EntityJson answer = answer(initiative.id(), unit, signer);
        return new CouncilRecord(
                initiative.id(),
                answer.id(),
                entities.stream().map(EntityJson::json).toList());
    }

    /** Adds an entity; of two with one id, the first stays. */
    private EntityJson add(EntityJson entity) {
        if (entities.stream().noneMatch(e -> e.id().equals(entity.id()))) {
            entities.add(entity);
        }
        return entity;
    }

    private @Nullable String unit() {
        Sender sender = letter.sender();
        String municipality = sender.municipality() == null
                ? null
                : add(body(sender.municipality(), "municipality")).id();
        if (sender.unit() == null) {
            return municipality;
        }
        return add(body(sender.unit(), "administrativeUnit")
                        .text("address", sender.address())
                        .text("telephone", sender.phone())
                        .text("email", sender.email())
                        .text("website", sender.web())
                        .relationship("partOf", municipality))
                .id();
    }

    private static EntityJson body(String name, String classification) {
        return EntityJson.of("Body", Words.slug(name)).slovene("name", name).text("classification", classification);
    }

    private String author(Author author) {
        return switch (author) {
            case Councillor(PersonName name, Author.Gender gender, boolean _) -> person(name, gender);
            case CouncilGroup group -> add(body(group.text(), "councilGroup")).id();
        };
    }

    private String person(PersonName name, Author.@Nullable Gender gender) {
        return add(EntityJson.of("Person", Words.slug(name.name()))
                        .text("name", name.name())
                        .text("honorificPrefix", name.title())
                        .text("gender", gender == null ? null : gender.name().toLowerCase(Locale.ROOT)))
                .id();
    }

    /** The session; without its day it cannot be told apart, since sessions are counted anew in each mandate. */
    private @Nullable String meeting() {
        SessionReference session = letter.session();
        if (session == null || session.date() == null) {
            return null;
        }
        String council = add(EntityJson.of("Body", COUNCIL_ID)
                        .languages("name", "Mestni svet", "City Council")
                        .text("classification", "cityCouncil"))
                .id();
        EntityJson meeting = EntityJson.of("Meeting", COUNCIL_ID + "-" + session.date())
                .number("number", session.number())
                .date("date", session.date())
                .flag("isExtraordinary", session.isExtraordinary())
                .relationship("body", council);
        if (session.number() != null) {
            meeting.languages("name", sloveneName(session), englishName(session));
        }
        return add(meeting).id();
    }

    private static String sloveneName(SessionReference session) {
        return session.number() + ". " + (session.isExtraordinary() ? "izredna " : "") + "seja mestnega sveta";
    }

    private static String englishName(SessionReference session) {
        return (session.isExtraordinary() ? "Extraordinary session " : "Session ") + session.number()
                + " of the City Council";
    }

    private EntityJson initiative(List<String> authors, @Nullable String meeting) {
        EntityJson initiative = EntityJson.of("Initiative", initiativeLocalId())
                .slovene("title", title())
                .text("kind", letter.kind() == null ? null : letter.kind().code())
                .text("about", letter.proposal())
                .text("text", String.join("\n\n", letter.introduction()))
                .relationship("meeting", meeting)
                .date(
                        "raisedOn",
                        letter.session() == null ? null : letter.session().date())
                .text("state", "answered");
        if (!authors.isEmpty()) {
            initiative.attribute("author", authorAttribute(authors));
        }
        return add(initiative);
    }

    private @Nullable String title() {
        if (letter.kind() != null && letter.proposal() != null) {
            boolean isSentence = letter.proposal().matches("(?s)\\p{Lu}.*");
            return letter.kind().slovene()
                    + (isSentence ? ": " : letter.proposal().startsWith("da ") ? ", " : " ")
                    + letter.proposal();
        }
        return letter.subject();
    }

    /** One relationship, or one for each of several authors, told apart by their dataset ids. */
    private JsonNode authorAttribute(List<String> ids) {
        ArrayNode instances = Json.array();
        for (int i = 0; i < ids.size(); i++) {
            ObjectNode instance = Json.object().put("type", "Relationship").put("object", ids.get(i));
            if (i > 0) {
                instance.put("datasetId", "urn:ngsi-ld:Dataset:author-" + (i + 1));
            }
            if (letter.authors().get(i).isDerived()) {
                instance.putObject("isNameDerived").put("type", "Property").put("value", true);
            }
            instances.add(instance);
        }
        return instances.size() == 1 ? instances.get(0) : instances;
    }

    private EntityJson answer(String initiativeId, @Nullable String unit, @Nullable String signer) {
        EntityJson answer = EntityJson.of("Answer", answerLocalId(CouncilRecord.localId(initiativeId)))
                .relationship("answers", initiativeId)
                .text("subject", letter.subject())
                .date("date", letter.date())
                .texts("addressee", letter.addressee())
                .relationship("unit", unit)
                .relationship("signer", signer)
                .text("signerFunction", letter.signerFunction())
                .text("originalLanguage", "sl")
                .text("originalText", letter.text())
                .json("missingParts", missingParts());
        letter.daysToAnswer().ifPresent(days -> answer.number("daysToAnswer", Math.toIntExact(days)));
        if (letter.caseNumber() != null) {
            answer.attribute("caseNumber", caseNumber(letter.caseNumber()));
        }
        return add(answer);
    }

    private static ObjectNode caseNumber(CaseNumber number) {
        return EntityJson.ofProperty(number.text())
                .text("classification", number.classification())
                .number("caseSequence", number.caseSequence())
                .number("year", number.year())
                .number("documentSequence", number.documentSequence())
                .json();
    }

    private ArrayNode missingParts() {
        ArrayNode parts = Json.array();
        for (MissingPart missing : letter.missing()) {
            ObjectNode part = parts.addObject()
                    .put("part", missing.part().code())
                    .put("reason", missing.reason().code());
            if (!missing.found().isEmpty()) {
                part.put("found", missing.found());
            }
        }
        return parts;
    }

    private String initiativeLocalId() {
        List<String> parts = new ArrayList<>();
        Optional<LocalDate> raised = Optional.ofNullable(letter.session()).flatMap(s -> Optional.ofNullable(s.date()));
        parts.add(raised.map(LocalDate::toString)
                .orElseGet(() -> letter.caseNumber() == null
                        ? ""
                        : Words.slug(letter.caseNumber().text())));
        letter.authors().stream().findFirst().ifPresent(a -> parts.add(Words.slug(authorName(a))));
        parts.add(topicSlug());
        parts.removeIf(String::isEmpty);
        return String.join("-", parts);
    }

    private static String authorName(Author author) {
        return switch (author) {
            case Councillor councillor -> councillor.name().name();
            case CouncilGroup group -> group.name();
        };
    }

    private String topicSlug() {
        String topic = Optional.ofNullable(letter.proposal())
                .or(() -> Optional.ofNullable(letter.subject()))
                .orElse("");
        String slug = Words.slug(topic.replaceFirst("^(?:za|glede|o|da|naj|v zvezi s|v zvezi z)\\s+", ""));
        if (slug.length() <= LONGEST_TOPIC_SLUG) {
            return slug;
        }
        int end = slug.lastIndexOf('-', LONGEST_TOPIC_SLUG);
        return slug.substring(0, end > 0 ? end : LONGEST_TOPIC_SLUG);
    }

    private String answerLocalId(String initiative) {
        CaseNumber number = letter.caseNumber();
        if (number == null) {
            return initiative + "-odgovor";
        }
        boolean isOneOfMany = number.documentSequence() == null && letter.date() != null;
        return Words.slug(number.text() + (isOneOfMany ? "-" + letter.date() : ""));
    }
}
