package city.emona.vertical.rule;

import java.nio.file.Path;
import java.time.Duration;

/** A process in which stations measure too much ozone, one after the other, until it is killed; see {@link RuleCrashTest}. */
final class RuleCrashWriter {
    private RuleCrashWriter() {}

    /**
     * Runs until it is killed.
     *
     * @param arguments the folder, the number of the first station, and how many seconds later than others this process lives
     */
    public static void main(String[] arguments) {
        RuleCity city = new RuleCity(Path.of(arguments[0]));
        city.pass(Duration.ofSeconds(Long.parseLong(arguments[2])));
        city.engine();
        for (int number = Integer.parseInt(arguments[1]); ; number++) {
            city.say(RuleCity.AIR, "n" + number, "o3", 190);
            System.out.println(number);
        }
    }
}
