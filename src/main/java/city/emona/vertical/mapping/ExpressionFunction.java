package city.emona.vertical.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function that an {@link Expression} may call. */
@FunctionalInterface
public interface ExpressionFunction {
    /**
     * The value of a call.
     *
     * @param arguments as they were given; what is missing behind them is null, up to {@value MappingFunctions#MOST_ARGUMENTS}
     * @throws RecordRejected when they cannot be used
     */
    @Nullable
    Object apply(List<@Nullable Object> arguments);
}
