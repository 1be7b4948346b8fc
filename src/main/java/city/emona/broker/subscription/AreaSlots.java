package city.emona.broker.subscription;

import city.emona.geo.Bounds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Subscriptions that match in a box only, in grids of several levels: each box stands in the cells that it touches, of the finest grid whose
 * cells are not smaller than the box. Guarded by the index.
 */
final class AreaSlots {
    /** How wide the cells of the finest grid are, in degrees. */
    private static final double FINEST = 0.005;

    /** How many times wider the cells of the next grid are. */
    private static final int STEP = 4;

    /** So many grids that a cell of the last one holds the Earth. */
    private static final int LEVELS = 9;

    /** Something that touches more cells than that meets all. */
    private static final long MANY = 64;

    private final List<Map<Cell, List<Area>>> levels = new ArrayList<>();

    private record Cell(long x, long y) {}

    private record Area(Bounds box, Slot slot) {}

    AreaSlots() {
        for (int i = 0; i < LEVELS; i++) {
            levels.add(new HashMap<>());
        }
    }

    boolean isEmpty() {
        return levels.stream().allMatch(Map::isEmpty);
    }

    void change(Bounds box, Slot slot, boolean added) {
        int level = level(Math.max(box.east() - box.west(), box.north() - box.south()));
        Map<Cell, List<Area>> grid = levels.get(level);
        for (Cell cell : cells(box, level)) {
            List<Area> areas = grid.computeIfAbsent(cell, _ -> new ArrayList<>(1));
            if (added) {
                areas.add(new Area(box, slot));
            } else {
                areas.removeIf(area -> area.slot == slot && area.box.equals(box));
            }
            if (areas.isEmpty()) {
                grid.remove(cell);
            }
        }
    }

    private static int level(double degrees) {
        int level = 0;
        while (level < LEVELS - 1 && width(level) < degrees) {
            level++;
        }
        return level;
    }

    private static double width(int level) {
        return FINEST * Math.pow(STEP, level);
    }

    private static List<Cell> cells(Bounds box, int level) {
        List<Cell> cells = new ArrayList<>();
        for (long x = place(box.west(), level); x <= place(box.east(), level); x++) {
            for (long y = place(box.south(), level); y <= place(box.north(), level); y++) {
                cells.add(new Cell(x, y));
            }
        }
        return cells;
    }

    private static long place(double degrees, int level) {
        return (long) Math.floor(degrees / width(level));
    }

    void visitAll(Consumer<Slot> visitor) {
        for (Map<Cell, List<Area>> grid : levels) {
            grid.values().forEach(areas -> areas.forEach(area -> visitor.accept(area.slot)));
        }
    }

    void visit(Bounds target, Consumer<Slot> visitor) {
        for (int level = 0; level < LEVELS; level++) {
            Map<Cell, List<Area>> grid = levels.get(level);
            if (grid.isEmpty()) {
                continue;
            }
            if (touched(target, level) > MANY) {
                grid.values().forEach(areas -> visit(areas, target, visitor));
            } else {
                for (Cell cell : cells(target, level)) {
                    visit(grid.getOrDefault(cell, List.of()), target, visitor);
                }
            }
        }
    }

    private static double touched(Bounds box, int level) {
        double columns = 1.0 + place(box.east(), level) - place(box.west(), level);
        double rows = 1.0 + place(box.north(), level) - place(box.south(), level);
        return columns * rows;
    }

    private static void visit(List<Area> areas, Bounds target, Consumer<Slot> visitor) {
        for (Area area : areas) {
            if (area.box.intersects(target)) {
                visitor.accept(area.slot);
            }
        }
    }
}
