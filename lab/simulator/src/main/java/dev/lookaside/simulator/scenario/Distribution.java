package dev.lookaside.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** How much work requests bring: the time that each takes alone on one core of speed 1. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Distribution.Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = Distribution.Exponential.class, name = "exponential"),
  @JsonSubTypes.Type(value = Distribution.Uniform.class, name = "uniform"),
  @JsonSubTypes.Type(value = Distribution.Normal.class, name = "normal"),
  @JsonSubTypes.Type(value = Distribution.ClampedNormal.class, name = "clamped-normal"),
  @JsonSubTypes.Type(value = Distribution.TruncatedNormal.class, name = "truncated-normal"),
  @JsonSubTypes.Type(value = Distribution.Lognormal.class, name = "lognormal"),
  @JsonSubTypes.Type(value = Distribution.Mixture.class, name = "mixture")
})
public sealed interface Distribution {

  double sampleNanos(RandomGenerator random);

  double meanNanos();

  record Constant(Duration value) implements Distribution {
    public Constant {
      Limits.timeAboveZero("value", value);
    }

    @Override
    public double sampleNanos(RandomGenerator random) {
      return value.toNanos();
    }

    @Override
    public double meanNanos() {
      return value.toNanos();
    }
  }

  record Exponential(Duration mean) implements Distribution {
    public Exponential {
      Limits.timeAboveZero("mean", mean);
    }

    @Override
    public double sampleNanos(RandomGenerator random) {
      return random.nextExponential() * mean.toNanos();
    }

    @Override
    public double meanNanos() {
      return mean.toNanos();
    }
  }

  record Uniform(Duration from, Duration to) implements Distribution {
    public Uniform {
      Limits.time("from", from);
      Limits.timeAboveZero("to", to);
      Limits.within("to", to, from, Limits.LONGEST);
    }

    @Override
    public double sampleNanos(RandomGenerator random) {
      return from.toNanos() + random.nextDouble() * (to.toNanos() - from.toNanos());
    }

    @Override
    public double meanNanos() {
      return (from.toNanos() + to.toNanos()) / 2.0;
    }
  }

  /** A normal distribution so far from 0 that what falls below it does not matter. */
  record Normal(Duration mean, Duration deviation) implements Distribution {
    public Normal {
      Limits.timeAboveZero("mean", mean);
      Limits.within("deviation", deviation, Duration.ZERO, mean.dividedBy(4));
    }

    @Override
    public double sampleNanos(RandomGenerator random) {
      return Math.max(0, mean.toNanos() + random.nextGaussian() * deviation.toNanos());
    }

    @Override
    public double meanNanos() {
      return mean.toNanos();
    }
  }

  /** max(0, N(mu, sigma)): what falls below 0 counts as 0. */
  record ClampedNormal(Duration mu, Duration sigma) implements Distribution {
    public ClampedNormal {
      Limits.timeAboveZero("mu", mu);
      Limits.time("sigma", sigma);
    }

    @Override
    public double sampleNanos(RandomGenerator random) {
      return Math.max(0, mu.toNanos() + random.nextGaussian() * sigma.toNanos());
    }

    @Override
    public double meanNanos() {
      return sigma.isZero() ? mu.toNanos() : StandardNormal.meanAboveZero(mu, sigma);
    }
  }

  /** N(mu, sigma) on condition that it is above 0: what falls below is drawn again. */
  record TruncatedNormal(Duration mu, Duration sigma) implements Distribution {
    public TruncatedNormal {
      Limits.timeAboveZero("mu", mu);
      Limits.time("sigma", sigma);
    }

    @Override
    public double sampleNanos(RandomGenerator random) {
      double sample;
      do {
        sample = mu.toNanos() + random.nextGaussian() * sigma.toNanos();
      } while (sample <= 0);
      return sample;
    }

    @Override
    public double meanNanos() {
      double ratio = sigma.isZero() ? Double.MAX_VALUE : (double) mu.toNanos() / sigma.toNanos();
      return sigma.isZero()
          ? mu.toNanos()
          : StandardNormal.meanAboveZero(mu, sigma) / StandardNormal.cumulative(ratio);
    }
  }

  /** exp(N(ln median, sigma)). */
  record Lognormal(Duration median, double sigma) implements Distribution {
    public Lognormal {
      Limits.timeAboveZero("median", median);
      Limits.within("sigma", sigma, 0, 5);
    }

    @Override
    public double sampleNanos(RandomGenerator random) {
      return median.toNanos() * Math.exp(sigma * random.nextGaussian());
    }

    @Override
    public double meanNanos() {
      return median.toNanos() * Math.exp(sigma * sigma / 2);
    }
  }

  /** One of several, each as often as its share, relative to the others', says. */
  record Mixture(List<Part> parts) implements Distribution {

    /** One of them. */
    public record Part(double share, Distribution work) {
      public Part {
        Limits.aboveZero("share", share, 1e9);
        Limits.required("work", work, "a distribution");
      }
    }

    public Mixture {
      parts = List.copyOf(Limits.required("parts", parts, "a list"));
      Limits.require(!parts.isEmpty(), "parts", "empty", "at least one");
    }

    private double shares() {
      return parts.stream().mapToDouble(Part::share).sum();
    }

    @Override
    public double sampleNanos(RandomGenerator random) {
      double left = random.nextDouble() * shares();
      int part = 0;
      while (part < parts.size() - 1 && left >= parts.get(part).share()) {
        left -= parts.get(part++).share();
      }
      return parts.get(part).work().sampleNanos(random);
    }

    @Override
    public double meanNanos() {
      return parts.stream().mapToDouble(part -> part.share() * part.work().meanNanos()).sum()
          / shares();
    }
  }
}
