import dev.vitrine.nn.*;
import dev.vitrine.nn.data.*;
import dev.vitrine.nn.loss.*;
import dev.vitrine.nn.optim.*;
import dev.vitrine.nn.train.*;
import dev.vitrine.tensor.*;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.*;
import dev.vitrine.xai.gradient.*;
import dev.vitrine.xai.layer.*;
import dev.vitrine.xai.lime.*;
import dev.vitrine.xai.metric.*;
import dev.vitrine.xai.perturb.*;
import dev.vitrine.xai.rule.*;
import dev.vitrine.xai.segment.*;
import dev.vitrine.xai.shapley.*;
import dev.vitrine.xai.view.*;
import java.nio.file.Path;
import java.util.*;
import static dev.vitrine.nn.layer.Layers.*;
void show(Attribution a) { System.out.println(Glance.of(a)); }
void show(Attribution a, Tensor x) { System.out.println(Glance.of(a, x)); }
