package city.emona.app.bench;

/**
 * What was measured of Emona as a process, on all cores.
 *
 * @param demoStartSeconds from starting the launcher to the first answer of the home page, in each run
 * @param demoMegabytes resident memory of the demo city after a rest
 * @param entities how many were loaded then
 * @param loadedMegabytes resident memory with them after a rest
 * @param restartSeconds from starting the launcher to the first answer with those entities there
 * @param restartedMegabytes resident memory after that, and a rest
 */
record Processes(
        double[] demoStartSeconds,
        double demoMegabytes,
        int entities,
        double loadedMegabytes,
        double restartSeconds,
        double restartedMegabytes) {}
