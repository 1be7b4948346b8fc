package city.emona.config;

import java.util.List;

/** Writes the page of the documentation that lists all settings. */
public final class SettingsPage {
    private SettingsPage() {}

    /** The page as Markdown. */
    public static String markdown(List<Setting<?>> settings) {
        StringBuilder page = new StringBuilder("""
                # Configuration

                Every setting has a default, so no file is needed. A file is YAML, given with `--config FILE`; the parts of a key are
                nested or joined by dots. What the command line says wins over the file. All errors are reported at once, and an unknown
                key is an error. After a change of the file, `emona reload` has the running server take the settings that say *at once*; the
                others need a restart. This page is written from the program; a test keeps it true.

                | key | default | takes effect | meaning |
                | --- | --- | --- | --- |
                """);
        for (Setting<?> setting : settings) {
            String defaultText = setting.defaultText().isEmpty() ? "none" : "`" + setting.defaultText() + "`";
            page.append("| `")
                    .append(setting.key())
                    .append("` | ")
                    .append(defaultText)
                    .append(setting.isLive() ? " | at once | " : " | at the start | ")
                    .append(setting.summary())
                    .append(" |\n");
        }
        return page.toString();
    }
}
