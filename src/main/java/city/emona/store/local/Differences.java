package city.emona.store.local;

import city.emona.context.PackedInput;
import city.emona.context.PackedOutput;

/** Columns of numbers as the differences of neighbours, of which most are small or the same. */
final class Differences {
    private Differences() {}

    static byte[] plain(int[] numbers) {
        PackedOutput out = new PackedOutput();
        for (int number : numbers) {
            out.number(number);
        }
        return out.toBytes();
    }

    static byte[] first(long[] numbers) {
        PackedOutput out = new PackedOutput();
        long last = 0;
        for (long number : numbers) {
            out.signed(number - last);
            last = number;
        }
        return out.toBytes();
    }

    static void readFirst(PackedInput in, long[] target, int count) {
        long last = 0;
        for (int i = 0; i < count; i++) {
            last += in.signed();
            target[i] = last;
        }
    }

    /** The differences of the differences. */
    static byte[] second(long[] numbers) {
        PackedOutput out = new PackedOutput();
        long last = 0;
        long step = 0;
        for (long number : numbers) {
            long next = number - last;
            out.signed(next - step);
            step = next;
            last = number;
        }
        return out.toBytes();
    }

    /** @param unit what each number is multiplied with */
    static void readSecond(PackedInput in, long[] target, int count, long unit) {
        long last = 0;
        long step = 0;
        for (int i = 0; i < count; i++) {
            step += in.signed();
            last += step;
            target[i] = last * unit;
        }
    }

    /** By how much numbers are more than others. */
    static byte[] between(long[] numbers, long[] others) {
        PackedOutput out = new PackedOutput();
        for (int i = 0; i < numbers.length; i++) {
            out.signed(numbers[i] - others[i]);
        }
        return out.toBytes();
    }

    static void addTo(PackedInput in, long[] target, int count, long unit) {
        for (int i = 0; i < count; i++) {
            target[i] += in.signed() * unit;
        }
    }

    /** Rising times: the first, the largest unit that measures all steps, and the differences of the steps in it. */
    static byte[] ofTimes(long[] times) {
        long unit = 0;
        for (int i = 1; i < times.length; i++) {
            unit = greatestCommonDivisor(unit, times[i] - times[i - 1]);
        }
        unit = Math.max(1, unit);
        PackedOutput out = new PackedOutput();
        out.signed(times[0]);
        out.number(unit);
        long step = 0;
        for (int i = 1; i < times.length; i++) {
            long next = (times[i] - times[i - 1]) / unit;
            out.signed(next - step);
            step = next;
        }
        return out.toBytes();
    }

    static void readTimes(PackedInput in, long[] target, int count) {
        long last = in.signed();
        long unit = in.number();
        long step = 0;
        target[0] = last;
        for (int i = 1; i < count; i++) {
            step += in.signed() * unit;
            last += step;
            target[i] = last;
        }
    }

    private static long greatestCommonDivisor(long one, long other) {
        long a = one;
        long b = Math.abs(other);
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }
}
