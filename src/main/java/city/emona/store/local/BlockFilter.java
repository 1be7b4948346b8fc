package city.emona.store.local;

/** Rules entities of a block out, many at a time. */
@FunctionalInterface
interface BlockFilter {
    /** Rules nothing out. */
    BlockFilter NONE = (_, _) -> {};

    /**
     * Clears the bits of places whose entities cannot be among those asked for. What is left is to be looked at.
     *
     * @param places one bit for each place of the block
     */
    void retain(Block block, long[] places);
}
