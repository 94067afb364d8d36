package decaylab.study;

import decaylab.data.DataSet;
import decaylab.experiment.CurvatureSpec;
import decaylab.experiment.Experiment;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Shortest;
import decaylab.instrument.Quantity;
import decaylab.instrument.geometry.AnalysisNetwork;
import decaylab.instrument.geometry.Examples;
import decaylab.instrument.geometry.Rescaling;
import decaylab.net.TaskShape;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.train.CurvatureReading;
import decaylab.train.InputJacobian;
import decaylab.train.NormTransplant;
import decaylab.train.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * What weight decay does, by optimiser and network: Zhang, Wang, Xu and Grosse, "Three Mechanisms of Weight Decay Regularization"
 * (ICLR 2019). It raises the effective learning rate of normalised layers; it shrinks the Jacobian of outputs and inputs under
 * K-FAC; it keeps the damping of K-FAC small beside the curvature of normalised layers. The protocol and the criteria Z1 to Z7
 * are those of the specification's sections 3.2 to 3.4.
 *
 * <p>Keys of {@code measured}, means over the seeds: {@code gainX} the test accuracy beyond that without decay in percentage
 * points, of X All, Normalised, Last, Transfer (a run without decay with the norms of the run whose normalised layers decay)
 * and TransferScaled (the same with its momentum scaled); {@code seX} its standard error; {@code rescaled} the largest relative
 * change of an output; {@code fallNone} and {@code fallAll} by how much the effective learning rate fell; for each arm A {@code
 * accuracy[A]}, {@code train[A]}, {@code jacobian[A]} and {@code norm[A]}; {@code reductionKfac} and {@code reductionSgd}; {@code
 * damping[A]}, {@code ratio[A]}, {@code fisher[A]} and {@code gaussNewton[A]}, the last three at the end by the start.
 */
final class ThreeMechanismsStudy implements Study {
    private static final String ACCURACY = "accuracy";
    private static final String TRAIN = "train";
    private static final String NORM = "norm";
    private static final String TRANSFER = "transfer";
    private static final String TRANSFER_SCALED = "transferScaled";
    private static final String RESCALED = "rescaled";
    private static final String FALL = "fall";
    private static final String JACOBIAN = "jacobian";
    private static final String DAMPING = "damping";
    private static final String RATIO = "ratio";
    private static final String FISHER = "fisher";
    private static final String GAUSS_NEWTON = "gaussNewton";

    private static final double FACTOR = 3;
    private static final int EXAMPLES = 500;

    private final Protocol protocol;

    /** @param base a normalised network with l2 on all layers, always on */
    ThreeMechanismsStudy(Experiment base) {
        CurvatureSpec usual = CurvatureSpec.defaults();
        protocol = new Protocol(
                "three-mechanisms",
                "Three mechanisms of weight decay: effective learning rate, Jacobian, effective damping of K-FAC.",
                "Zhang, Wang, Xu and Grosse, Three Mechanisms of Weight Decay Regularization (ICLR 2019): SGD, Adam and K-FAC on "
                        + "CIFAR-10 and CIFAR-100 with VGG16 and ResNet32; Martens and Grosse 2015.",
                List.of(
                        "The paper states that decay regularises in three ways: it raises the effective learning rate of normalised "
                                + "layers, it shrinks the Jacobian of outputs and inputs under K-FAC, and it keeps K-FAC's damping small "
                                + "beside the curvature.",
                        "The lab measures each on its own: which layers decay, and a run without decay that takes the norms of a run "
                                + "with it; the mean of ||df/dx||^2 over 500 training examples; gamma ||w||^2 by the mean eigenvalue of "
                                + "the curvature at the weights' direction.",
                        "So one and the same term, lambda w, acts through three different things, and a comparison of l2 with "
                                + "decoupled decay is one of what it passes through.",
                        EarlyDecayStudy.words(base) + " The learning rate falls by 10 at a half and at three quarters.",
                        "Plain networks: 64-64-64-10 with biases, batches of 100, 450 steps, and momentum SGD or K-FAC: factors from "
                                + "inputs and errors, running average " + Shortest.of(usual.average()) + ", damping "
                                + Shortest.of(usual.damping()) + ", estimated and inverted every " + usual.every()
                                + " steps.",
                        "K-FAC-G takes the Gauss-Newton matrix of a Gaussian output of variance 1, without the softmax's Hessian; "
                                + "K-FAC-F the Fisher matrix, with labels drawn from the model."),
                "Made data and small networks in place of CIFAR; learning rates, lambdas, steps and all thresholds are ours, from a "
                        + "prototype. The paper does not say whether the momentum is rescaled with transplanted norms.",
                new MechanismArms(base).all(),
                MechanismArms.panels(),
                0.4,
                0.2);
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(ACCURACY, run.last(Quantity.TEST_ACCURACY));
        figures.put(TRAIN, run.last(Quantity.TRAIN_ACCURACY));
        figures.put(NORM, run.last(Quantity.NORM));
        switch (run.arm()) {
            case MechanismArms.NONE -> figures.put(RESCALED, rescaled(run, abandoned));
            case MechanismArms.NORMALIZED -> {
                figures.put(TRANSFER, transferred(run, false, abandoned));
                progress.accept(0.5);
                figures.put(TRANSFER_SCALED, transferred(run, true, abandoned));
            }
            case MechanismArms.CONSTANT_NONE, MechanismArms.CONSTANT_ALL -> figures.put(FALL, fall(run));
            default -> {
                if (MechanismArms.OF_PLAIN.contains(run.arm())) {
                    figures.put(JACOBIAN, InputJacobian.of(run.experiment(), run.data(), run.parameters(), abandoned));
                } else if (MechanismArms.OF_DAMPING.contains(run.arm())) {
                    damping(run, figures, abandoned);
                }
            }
        }
        progress.accept(1);
        return figures;
    }

    /** The test accuracy of a run without decay whose normalised layers get this one's norms after every epoch. */
    private static double transferred(TrainedRun run, boolean buffers, BooleanSupplier abandoned) {
        Experiment without =
                NormTransplant.with(run.experiment(), run.experiment(), run.log(), "The run " + run.arm(), buffers);
        try (Trainer trainer = Trainer.create(without, run.task(), null, List.of(), 1)) {
            while (!trainer.finished()) {
                if (abandoned.getAsBoolean()) {
                    throw new CancellationException("the study was given up");
                }
                trainer.advance();
            }
            return trainer.log().value(Quantity.TEST_ACCURACY, trainer.log().rows() - 1);
        }
    }

    /** The largest change of an output when every normalised layer is rescaled, by the largest output; exact arithmetic has 0. */
    private static double rescaled(TrainedRun run, BooleanSupplier abandoned) {
        NetworkSpec spec = run.experiment().network();
        // Without the normalisation's epsilon, which is the only thing that feels the size.
        NetworkSpec exact =
                new NetworkSpec(spec.kind(), spec.widths(), spec.blocks(), spec.activation(), spec.normalization(), 0);
        DataSet data = run.data();
        TaskShape task = TaskShape.classification(data.shape(), data.classes());
        Examples examples = Examples.ofTraining(data, EXAMPLES, 1);
        double[] before = new AnalysisNetwork(exact, task, run.layout(), run.parameters()).logits(examples, abandoned);
        FlatArray scaled = new FlatArray.OfDouble(new double[run.parameters().length()]);
        for (int i = 0; i < scaled.length(); i++) {
            scaled.set(i, run.parameters().get(i));
        }
        for (ParameterBlock block : run.layout().weights()) {
            if (block.normalized()) {
                Rescaling.apply(run.layout(), scaled, block.layer(), FACTOR);
            }
        }
        double[] after = new AnalysisNetwork(exact, task, run.layout(), scaled).logits(examples, abandoned);
        double largest = Arrays.stream(before).map(Math::abs).max().orElse(Double.NaN);
        double change = 0;
        for (int i = 0; i < before.length; i++) {
            change = Math.max(change, Math.abs(after[i] - before[i]) / largest);
        }
        return change;
    }

    /** The effective learning rate before the first step by that after the last. */
    private static double fall(TrainedRun run) {
        double squares = 0;
        for (ParameterBlock block : run.layout().weights()) {
            if (!block.last()) {
                for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                    squares += run.start().get(i) * run.start().get(i);
                }
            }
        }
        double atStart = run.last(Quantity.LEARNING_RATE) / squares;
        return atStart / run.last(Quantity.EFFECTIVE_LEARNING_RATE);
    }

    private static void damping(TrainedRun run, Map<String, Double> figures, BooleanSupplier abandoned) {
        CurvatureReading start = CurvatureReading.of(run.experiment(), run.data(), run.start(), abandoned);
        CurvatureReading end = CurvatureReading.of(run.experiment(), run.data(), run.parameters(), abandoned);
        figures.put(DAMPING, end.effectiveDamping() / start.effectiveDamping());
        figures.put(RATIO, end.ratio() / start.ratio());
        figures.put(FISHER, end.fisherNorm() / start.fisherNorm());
        figures.put(GAUSS_NEWTON, end.gaussNewtonNorm() / start.gaussNewtonNorm());
    }

    @Override
    public List<Claim> claims(Figures figures) {
        return new MechanismClaims(figures).all();
    }

    @Override
    public List<Table> tables(Figures figures) {
        List<List<String>> rows = new ArrayList<>();
        for (Arm arm : protocol.arms()) {
            boolean plain = MechanismArms.OF_PLAIN.contains(arm.name());
            rows.add(List.of(
                    arm.name(),
                    percent(figures.mean(arm.name(), ACCURACY)),
                    percent(figures.mean(arm.name(), TRAIN)),
                    Statistics.meanAndError(figures.of(arm.name(), NORM)),
                    plain ? Statistics.meanAndError(figures.of(arm.name(), JACOBIAN)) : ""));
        }
        List<List<String>> dampings = new ArrayList<>();
        for (String arm : MechanismArms.OF_DAMPING) {
            dampings.add(List.of(
                    arm,
                    Statistics.meanAndError(figures.of(arm, DAMPING)),
                    Statistics.meanAndError(figures.of(arm, RATIO)),
                    Statistics.meanAndError(figures.of(arm, FISHER)),
                    Statistics.meanAndError(figures.of(arm, GAUSS_NEWTON))));
        }
        return List.of(
                new Table(
                        "Accuracy, norm and Jacobian",
                        "Means over the seeds, with their standard errors, at the end; the Jacobian is the mean of ||df/dx||^2 over 500 "
                                + "training examples, of plain networks.",
                        List.of("run", "test accuracy", "training accuracy", "norm", "Jacobian"),
                        rows),
                new Table(
                        "Damping",
                        "Each at the end by what it was at the start: gamma ||w||^2, the same by the mean eigenvalue of the curvature at "
                                + "the weights' direction, and the norms of both curvatures.",
                        List.of("run", "effective damping", "by the curvature", "Fisher norm", "Gauss-Newton norm"),
                        dampings));
    }

    private static String percent(double part) {
        return Double.isNaN(part) ? "NaN" : String.format(java.util.Locale.ROOT, "%.1f %%", 100 * part);
    }
}
