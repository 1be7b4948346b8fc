package city.emona.access;

/** What an application for codes shows. */
public final class TestCodes {
    private TestCodes() {}

    /** The code of the present moment. */
    public static String now(String secret) {
        return SecondFactor.codeAt(secret, System.currentTimeMillis());
    }
}
