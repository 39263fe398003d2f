package dev.lookaside.worker.task;

import dev.lookaside.core.time.Ticker;
import java.util.regex.Pattern;

/**
 * {@code sum-up 1000000}: adds up 1 to n, one addition for each number, exactly. The sum of the
 * largest n, 2^32 - 1, just fits into 63 bits.
 */
public final class SumUpTask implements Task {
  static final long MAX = 4_294_967_295L;

  /** About half a millisecond of work: how often a cancellation is looked for. */
  private static final int BLOCK = 1 << 20;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final Ticker ticker;
  private final WorkRate rate = new WorkRate();

  public SumUpTask(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public String name() {
    return "sum-up";
  }

  @Override
  public String usage() {
    return "sum-up <n, 0 to " + MAX + ">";
  }

  @Override
  public Job prepare(String argument) {
    if (!NUMBER.matcher(argument).matches() || Long.parseLong(argument) > MAX) {
      throw new InvalidTaskException(
          "sum-up of '%s' (expected: %s, as a whole number)"
              .formatted(Quote.of(argument), usage()));
    }
    long last = Long.parseLong(argument);
    return new Job.Computation(
        rate.leastTimeFor(last / BLOCK), cancellation -> Long.toString(sum(last, cancellation)));
  }

  private long sum(long last, Cancellation cancellation) {
    long sum = 0;
    long done = 0;
    while (last - done >= BLOCK) {
      cancellation.throwIfCancelled();
      long started = ticker.nanos();
      sum += sumOfBlock(done, BLOCK);
      done += BLOCK;
      rate.blockTook(ticker.nanos() - started);
    }
    return sum + sumOfBlock(done, (int) (last - done));
  }

  /** The sum of the {@code count} numbers that follow {@code after}. */
  private static long sumOfBlock(long after, int count) {
    long sum = 0;
    for (int i = 1; i <= count; i++) {
      sum += after + i;
    }
    return sum;
  }
}
