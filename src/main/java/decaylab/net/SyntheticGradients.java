package decaylab.net;

import decaylab.experiment.Precision;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.parallel.Team;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The modules of synthetic gradients of a network of dense layers; their parameters are the caller's flat vector, as the network's are. */
public final class SyntheticGradients implements AutoCloseable {
    private final List<SyntheticModule> modules = new ArrayList<>();
    private final Map<Integer, SyntheticModule> behind = new HashMap<>();
    private final INDArray values;
    private final INDArray slopes;
    private final ParameterLayout layout;
    private final NativeVector parameters;
    private final NativeVector gradients;
    private final FlatArray zeros;

    /**
     * @param layers the places of the layers with a module, from 0, ascending
     * @param names of these layers
     * @param widths of these layers
     * @param classes of the labels
     */
    SyntheticGradients(
            List<Integer> layers, List<String> names, List<Integer> widths, int classes, Precision precision) {
        int length = 0;
        for (int width : widths) {
            length = Math.addExact(length, SyntheticModule.length(width, classes));
        }
        DataType type = precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
        values = Nd4j.create(type, length);
        slopes = Nd4j.create(type, length);
        zeros = precision == Precision.FLOAT
                ? new FlatArray.OfFloat(new float[length])
                : new FlatArray.OfDouble(new double[length]);
        List<ParameterBlock> blocks = new ArrayList<>();
        int offset = 0;
        for (int i = 0; i < layers.size(); i++) {
            SyntheticModule module = new SyntheticModule(names.get(i), widths.get(i), classes, offset, values, slopes);
            modules.add(module);
            behind.put(layers.get(i), module);
            blocks.addAll(module.blocks());
            offset += SyntheticModule.length(widths.get(i), classes);
        }
        layout = new ParameterLayout(blocks);
        Team alone = Team.of(1);
        parameters = new NativeVector(values, layout, alone, zeros);
        gradients = new NativeVector(slopes, layout, alone, zeros);
    }

    /** How the flat vector is divided: A, C and c of each module. */
    public ParameterLayout layout() {
        return layout;
    }

    /** The start: zero, so that a layer below stands still until its module has learned something. */
    public FlatArray initialParameters() {
        return zeros.zeros(layout.length());
    }

    /** Takes over the parameters for the predictions that follow. */
    public void load(FlatArray vector) {
        parameters.write(vector);
        modules.forEach(SyntheticModule::pull);
    }

    /** Hands over the gradient of the modules' squared errors, summed over the examples. */
    public void gradient(FlatArray into) {
        gradients.read(into);
    }

    /** The layers with a module, in the network's order. */
    public List<String> layers() {
        return modules.stream().map(SyntheticModule::layer).toList();
    }

    /** How well the module of a place in {@link #layers} predicted last. */
    public SyntheticFigures figures(int module) {
        return modules.get(module).figures();
    }

    /** One module by itself, through pointers of its own, so that it may be used by a thread of its own. */
    public final class Part {
        private final SyntheticModule module;
        private final int firstBlock;
        private final int first;
        private final int end;
        private final NativeVector own = new NativeVector(values, layout, Team.of(1), zeros);
        private final NativeVector ownSlopes = new NativeVector(slopes, layout, Team.of(1), zeros);

        private Part(int number) {
            module = modules.get(number);
            int blocks = module.blocks().size();
            firstBlock = number * blocks;
            first = layout.blocks().get(firstBlock).offset();
            end = first
                    + module.blocks().stream().mapToInt(ParameterBlock::length).sum();
        }

        SyntheticModule module() {
            return module;
        }

        /** The place of its first number in the flat vector of all modules: A, row after row, then C and c. */
        public int firstNumber() {
            return first;
        }

        /** Its first block in {@link SyntheticGradients#layout}. */
        public int firstBlock() {
            return firstBlock;
        }

        /** The block after its last one. */
        public int endBlock() {
            return firstBlock + module.blocks().size();
        }

        /** Takes over its parameters. */
        public void load(FlatArray vector) {
            own.write(vector, first, end);
            module.pull();
        }

        /** The gradient of its squared error on a mini-batch that came back, as its parameters are now. */
        public void gradient(Handover back, FlatArray into) {
            module.predict(back.outputs(), back.labels());
            module.learn(back.outputs(), back.labels(), back.slopes());
            ownSlopes.read(into, first, end);
        }
    }

    /** The module of a place in {@link #layers} by itself. */
    public Part part(int number) {
        return new Part(number);
    }

    /** The module behind a layer. */
    Optional<SyntheticModule> behind(int layer) {
        return Optional.ofNullable(behind.get(layer));
    }

    @Override
    public void close() {
        modules.forEach(SyntheticModule::close);
        for (INDArray array : List.of(values, slopes)) {
            if (array.closeable()) {
                array.close();
            }
        }
    }
}
