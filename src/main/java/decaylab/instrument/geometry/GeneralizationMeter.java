package decaylab.instrument.geometry;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.Precision;
import decaylab.net.TaskShape;
import decaylab.net.TrainableNetwork;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.function.ToDoubleFunction;

/**
 * Takes every {@link GeneralizationMetric} of a network, in double precision on one thread: the same parameters and settings
 * give the same bits. It takes a second for 64-128-64-10, twenty for 784-256-128-10 and two minutes for convolutions of 16, 32
 * and 64 channels, and asks now and then whether it is given up.
 */
public final class GeneralizationMeter {
    private final Experiment experiment;
    private final DataSet data;
    private final MeterSettings settings;
    private final TaskShape task;

    /**
     * @param experiment what was trained
     * @param data that it was trained on
     * @throws BadInputException where a network of that kind cannot be measured, see {@link AnalysisNetwork#refusal}
     */
    public GeneralizationMeter(Experiment experiment, DataSet data, MeterSettings settings) {
        AnalysisNetwork.refusal(experiment.network()).ifPresent(reason -> {
            throw new BadInputException(reason);
        });
        this.experiment = experiment;
        this.data = data;
        this.settings = settings;
        task = new TaskShape(data.shape(), data.vocabulary(), data.targets(), data.classes());
    }

    /**
     * Measures.
     *
     * @param parameters of the experiment's network, of either precision; only read
     * @param progress told the fraction that is done, in [0, 1]
     * @param abandoned asked now and then
     * @return empty where it was given up
     */
    public Optional<GeneralizationMetrics> measure(
            FlatArray parameters, DoubleConsumer progress, BooleanSupplier abandoned) {
        try (Team team = Team.of(1);
                TrainableNetwork network = new TrainableNetwork(experiment.network(), task, Precision.DOUBLE, team)) {
            FlatArray exact = network.zeros();
            for (int i = 0; i < exact.length(); i++) {
                exact.set(i, parameters.get(i));
            }
            return Optional.of(new Measurement(network, exact, progress, abandoned).all());
        } catch (CancellationException e) {
            return Optional.empty();
        }
    }

    /** One place, and what is known of it so far. */
    private final class Measurement {
        private final TrainableNetwork network;
        private final ParameterLayout layout;
        private final FlatArray parameters;
        private final DoubleConsumer progress;
        private final BooleanSupplier abandoned;
        private final AnalysisNetwork analysis;
        private final Examples examples;
        private final boolean normalized;
        private final WeightSet set;
        private final Map<GeneralizationMetric, Double> values = new EnumMap<>(GeneralizationMetric.class);

        Measurement(
                TrainableNetwork network, FlatArray parameters, DoubleConsumer progress, BooleanSupplier abandoned) {
            this.network = network;
            this.parameters = parameters;
            this.progress = progress;
            this.abandoned = abandoned;
            layout = network.layout();
            analysis = at(parameters);
            examples = Examples.ofTraining(data, settings.examples(), settings.seed());
            WeightSet invariant = WeightSet.normalized(layout);
            normalized = !invariant.blocks().isEmpty();
            set = normalized ? invariant : WeightSet.hidden(layout);
        }

        private AnalysisNetwork at(FlatArray place) {
            return new AnalysisNetwork(experiment.network(), task, layout, place);
        }

        GeneralizationMetrics all() {
            double loss = analysis.meanLoss(examples, abandoned);
            progress.accept(0.02);
            List<LayerFigures> layers = layers();
            sums(layers);
            SymmetricOperator hessian = analysis.hessian(examples, set, abandoned);
            Lanczos.Result top = top(hessian, 0.4);
            values.put(GeneralizationMetric.HESSIAN, top.eigenvalue());
            double[] ones = new double[set.blocks().size()];
            Arrays.fill(ones, 1);
            values.put(GeneralizationMetric.SHARPNESS, sharpness(ones, 0.68, loss));
            Optional<Lanczos.Result> scaledTop = Optional.empty();
            if (normalized) {
                double[] sizes = sizes(layers);
                scaledTop = Optional.of(top(scaled(hessian, sizes), 0.7));
                values.put(GeneralizationMetric.K_HESSIAN, scaledTop.get().eigenvalue());
                values.put(GeneralizationMetric.K_SHARPNESS, sharpness(sizes, 0.98, loss));
            }
            progress.accept(1);
            return new GeneralizationMetrics(
                    examples.count(),
                    loss,
                    values,
                    normalized
                            ? Optional.empty()
                            : Optional.of(
                                    "No layer is normalised, so the function feels the size of every layer, and there is "
                                            + "nothing for a measure to be invariant to."),
                    layers,
                    top,
                    scaledTop);
        }

        private List<LayerFigures> layers() {
            double[] fisher = analysis.squaredLossGradients(examples, abandoned);
            progress.accept(0.05);
            double[] jacobian = analysis.squaredLogitGradients(examples, abandoned);
            progress.accept(0.3);
            double[] noise = GradientNoise.traces(
                    network,
                    parameters,
                    data,
                    experiment.batchSize(),
                    settings.batches(),
                    settings.seed(),
                    done -> progress.accept(0.3 + 0.1 * done / settings.batches()),
                    abandoned);
            List<LayerFigures> layers = new ArrayList<>();
            for (int l = 0; l < fisher.length; l++) {
                ParameterBlock block = layout.weights().get(l);
                Spectrum spectrum = Spectrum.of(block, parameters);
                layers.add(new LayerFigures(
                        block.layer(),
                        block.normalized(),
                        spectrum.frobeniusNorm(),
                        spectrum.spectralNorm(),
                        fisher[l],
                        noise[l],
                        jacobian[l]));
            }
            return layers;
        }

        private void sums(List<LayerFigures> layers) {
            List<LayerFigures> hidden = layers.subList(0, layers.size() - 1);
            values.put(GeneralizationMetric.NORM, Math.sqrt(sum(hidden, each -> each.frobenius() * each.frobenius())));
            values.put(GeneralizationMetric.FROBENIUS_SUM, sum(layers, LayerFigures::frobenius));
            values.put(GeneralizationMetric.FROBENIUS_PRODUCT, product(layers, LayerFigures::frobenius));
            values.put(GeneralizationMetric.SPECTRAL_SUM, sum(layers, LayerFigures::spectral));
            values.put(GeneralizationMetric.SPECTRAL_PRODUCT, product(layers, LayerFigures::spectral));
            values.put(GeneralizationMetric.PATH_NORM, PathNorm.of(analysis.layers()));
            values.put(GeneralizationMetric.FISHER, sum(layers, LayerFigures::fisher));
            values.put(GeneralizationMetric.NOISE, sum(layers, LayerFigures::noise));
            values.put(GeneralizationMetric.JACOBIAN, sum(layers, LayerFigures::jacobian));
            if (normalized) {
                List<LayerFigures> some =
                        layers.stream().filter(LayerFigures::normalized).toList();
                values.put(GeneralizationMetric.K_FISHER, sum(some, each -> each.invariant(each.fisher())));
                values.put(GeneralizationMetric.K_NOISE, sum(some, each -> each.invariant(each.noise())));
                values.put(GeneralizationMetric.K_JACOBIAN, sum(some, each -> each.invariant(each.jacobian())));
            }
        }

        private static double sum(List<LayerFigures> layers, ToDoubleFunction<LayerFigures> figure) {
            return layers.stream().mapToDouble(figure).sum();
        }

        private static double product(List<LayerFigures> layers, ToDoubleFunction<LayerFigures> figure) {
            return layers.stream().mapToDouble(figure).reduce(1, (a, b) -> a * b);
        }

        /** Norms of the matrices of the set. */
        private double[] sizes(List<LayerFigures> layers) {
            return layers.stream()
                    .filter(LayerFigures::normalized)
                    .mapToDouble(LayerFigures::frobenius)
                    .toArray();
        }

        private Lanczos.Result top(SymmetricOperator matrix, double from) {
            Lanczos lanczos = settings.lanczos();
            return lanczos.largest(matrix, done -> progress.accept(from + 0.28 * done / lanczos.most()));
        }

        /** A vector that has the same number at all weights of a matrix. */
        private double[] spread(double[] ofBlocks) {
            double[] all = new double[set.length()];
            int at = 0;
            for (int b = 0; b < ofBlocks.length; b++) {
                int end = at + set.blocks().get(b).length();
                Arrays.fill(all, at, end, ofBlocks[b]);
                at = end;
            }
            return all;
        }

        /** D H D. */
        private SymmetricOperator scaled(SymmetricOperator matrix, double[] sizes) {
            double[] factors = spread(sizes);
            double[] moved = new double[factors.length];
            return new SymmetricOperator() {
                @Override
                public int dimension() {
                    return matrix.dimension();
                }

                @Override
                public void apply(double[] vector, double[] into) {
                    Arrays.setAll(moved, i -> factors[i] * vector[i]);
                    matrix.apply(moved, into);
                    for (int i = 0; i < into.length; i++) {
                        into[i] *= factors[i];
                    }
                }
            };
        }

        /** Mean rise of the loss where each matrix moves by rho times its size, in directions that are the same for all sizes. */
        private double sharpness(double[] sizes, double from, double loss) {
            double[] factors = spread(sizes);
            CounterRandom random = CounterRandom.of(settings.seed(), "sharpness");
            double sum = 0;
            for (int d = 0; d < settings.directions(); d++) {
                double[] step = unitDirection(random.split(d));
                Arrays.setAll(step, i -> step[i] * factors[i]);
                FlatArray moved = parameters.copy();
                set.add(moved, settings.rho(), step);
                sum += at(moved).meanLoss(examples, abandoned) - loss;
                progress.accept(from + 0.02 * (d + 1) / settings.directions());
            }
            return sum / settings.directions();
        }

        /** Of length one in each matrix. */
        private double[] unitDirection(CounterRandom random) {
            double[] direction = new double[set.length()];
            double[] inverse = new double[set.blocks().size()];
            int at = 0;
            for (int b = 0; b < inverse.length; b++) {
                double square = 0;
                for (int end = at + set.blocks().get(b).length(); at < end; at++) {
                    direction[at] = random.nextGaussian();
                    square += direction[at] * direction[at];
                }
                inverse[b] = 1 / Math.sqrt(square);
            }
            double[] factors = spread(inverse);
            Arrays.setAll(direction, i -> direction[i] * factors[i]);
            return direction;
        }
    }
}
