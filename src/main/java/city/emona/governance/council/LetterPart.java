package city.emona.governance.council;

import java.util.Arrays;
import java.util.Optional;

/** The parts of an answer letter, in the order in which it has them. */
public enum LetterPart {
    MUNICIPALITY("municipality", "municipality", "»Mestna občina …« in the head"),
    UNIT("unit", "unit", "»Služba …« or »Oddelek …« in the head"),
    ADDRESS("address", "address", "a street with a post code in the head"),
    CONTACTS("contacts", "contacts", "a telephone number, an e-mail address or a web site in the head"),
    CASE_NUMBER("caseNumber", "case number", "a line »Številka: 90000-9/2023-57«"),
    DOCUMENT_NUMBER("documentNumber", "document number", "the part of the number behind the year"),
    DATE("date", "date", "a line »Datum: 15. 9. 2023«"),
    ADDRESSEE("addressee", "addressee", "»Mestni svet« or a councillor's name under the head"),
    SUBJECT("subject", "subject", "a line »Zadeva: Odgovor na vprašanje …«"),
    AUTHOR("author", "author", "»svetnik«, »svetnica« or »svetniški klub« with a name"),
    SESSION_NUMBER("sessionNumber", "session number", "»na 6. seji mestnega sveta«"),
    SESSION_DATE("sessionDate", "session date", "a day beside the session"),
    KIND("kind", "kind", "»podala pobudo« or »postavila vprašanje«"),
    PROPOSAL("proposal", "proposal", "what the initiative or question is about"),
    GREETING("greeting", "greeting", "a line »Spoštovana …,«"),
    BODY("body", "text of the answer", "paragraphs between the greeting and the closing"),
    CLOSING("closing", "closing", "a line »Lep pozdrav« or »S spoštovanjem«"),
    SIGNER("signer", "signer", "a name under the closing"),
    FUNCTION("function", "signer's function", "a function beside the signer's name");

    private final String code;
    private final String title;
    private final String lookedFor;

    LetterPart(String code, String title, String lookedFor) {
        this.code = code;
        this.title = title;
        this.lookedFor = lookedFor;
    }

    /** The name in {@code missingParts}. */
    public String code() {
        return code;
    }

    /** The part's name in English. */
    public String title() {
        return title;
    }

    /** What the reader of letters looks for. */
    public String lookedFor() {
        return lookedFor;
    }

    /** The part with a code. */
    public static Optional<LetterPart> find(String code) {
        return Arrays.stream(values()).filter(p -> p.code.equals(code)).findFirst();
    }
}
