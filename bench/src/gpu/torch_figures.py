"""Times PyTorch on what GpuCheck times, without tensor cores: a line of JSON for each figure."""

import json
import statistics
import time


def say(**figure):
    print("@torch " + json.dumps(figure), flush=True)


try:
    import torch
    from torch import nn
except ImportError as e:
    say(version=f"there is no PyTorch here: {e}")
    raise SystemExit(0)

if not torch.cuda.is_available():
    say(version=f"PyTorch {torch.__version__} finds no GPU")
    raise SystemExit(0)

say(version=f"PyTorch {torch.__version__}, cuDNN {torch.backends.cudnn.version()}, TF32 off")
torch.backends.cuda.matmul.allow_tf32 = False
torch.backends.cudnn.allow_tf32 = False
torch.backends.cudnn.benchmark = True
torch.manual_seed(1)
GPU = torch.device("cuda")
ROUNDS = 5
ENOUGH = 0.2


def seconds(run):
    """Of one run: the median of some rounds of many runs."""
    for _ in range(3):
        run()
    torch.cuda.synchronize()
    start = time.perf_counter()
    run()
    torch.cuda.synchronize()
    runs = int(min(max(ENOUGH / ROUNDS / (time.perf_counter() - start), 1), 1000))
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(runs):
            run()
        torch.cuda.synchronize()
        rounds.append((time.perf_counter() - start) / runs)
    return statistics.median(rounds)


def figure(name, mode, run):
    try:
        say(name=name, mode=mode, seconds=seconds(run))
    except Exception as e:  # the others go on
        print(f"torch: {name}, {mode}: {e}", flush=True)


def graphed(step):
    """The step as a CUDA graph."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(3):
            step()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step()
    return graph.replay


def modes(name, step):
    figure(name, "eager", step)
    try:
        figure(name, "graph", graphed(step))
    except Exception as e:
        print(f"torch: {name}, graph: {e}", flush=True)


def mlp():
    return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10)).to(GPU)


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10),
    ).to(GPU)


def training(model, x, y, optimizer):
    def step():
        optimizer.zero_grad(set_to_none=True)
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()

    return step


def integrated_gradients(model, x, y, points=50):
    alphas = (torch.arange(points, device=GPU) + 0.5) / points
    rows = torch.arange(points * len(x), device=GPU)
    targets = y.repeat(points)

    def run():
        path = (alphas.view(-1, 1, 1, 1, 1) * x).flatten(0, 1).requires_grad_()
        out = model(path)[rows, targets].sum()
        (gradient,) = torch.autograd.grad(out, path)
        return gradient.view(points, *x.shape).mean(0) * x

    return run


for n in (1024, 2048, 4096, 8192):
    a, b = torch.randn(n, n, device=GPU), torch.randn(n, n, device=GPU)
    figure(f"gemm {n}", "cuBLAS", lambda: torch.mm(a, b))

for name, side, inputs, outputs in (("conv1", 28, 1, 32), ("conv2", 13, 32, 64)):
    x = torch.randn(128, inputs, side, side, device=GPU)
    w = torch.randn(outputs, inputs, 3, 3, device=GPU)
    y = nn.functional.conv2d(x, w)
    args = (y, x, w, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1)
    backward = torch.ops.aten.convolution_backward
    figure(f"{name} forward", "cuDNN", lambda: nn.functional.conv2d(x, w))
    figure(f"{name} data", "cuDNN", lambda: backward(*args, [True, False, False]))
    figure(f"{name} weights", "cuDNN", lambda: backward(*args, [False, True, False]))

y = torch.randint(0, 10, (128,), device=GPU)
model = mlp()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
modes("W1-128", training(model, torch.randn(128, 784, device=GPU), y, optimizer))
model = cnn()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, capturable=True)
modes("W4-128", training(model, torch.randn(128, 1, 28, 28, device=GPU), y, optimizer))
model = cnn().eval()
modes("W7-cnn-32", integrated_gradients(model, torch.randn(32, 1, 28, 28, device=GPU), y[:32]))
