package city.emona.store.local;

import city.emona.context.PackedEntity;

/** The numbers that the {@link ColumnBook} gave to the scopes of entities. */
final class ScopeColumn implements Column {
    private final ColumnKey key;
    private final ColumnBook book;
    private final short[] numbers;

    ScopeColumn(ColumnKey key, ColumnBook book, int places) {
        this.key = key;
        this.book = book;
        this.numbers = new short[places];
    }

    @Override
    public ColumnKey key() {
        return key;
    }

    @Override
    public void set(int place, PackedEntity entity) {
        numbers[place] = (short) book.numberOf(entity.scopes());
    }

    int number(int place) {
        return numbers[place];
    }
}
