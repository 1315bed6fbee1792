namespace Platform.Tests.Chaos.Model;

/// <summary>Looks at every state that a model can get into, nearest first, so that the first fault found has the shortest trace.</summary>
internal sealed class Explorer<TWorld>(IModel<TWorld> model)
    where TWorld : unmanaged
{
    /// <summary>What a state must never fail to reach; checked last, over all states.</summary>
    public const string NothingStuck = "from every state there is a way to the end of all work";

    private readonly Dictionary<TWorld, int> _numbers = new(new BytesComparer<TWorld>());
    private readonly List<TWorld> _worlds = [];
    private readonly List<(int Before, Step Step)> _ways = [];
    private readonly List<(int From, int To)> _edges = [];

    /// <summary>Explores until an invariant breaks or everything was seen.</summary>
    /// <param name="invariants">What must hold after each step.</param>
    /// <param name="checkStuck">Whether to check <see cref="NothingStuck"/> too.</param>
    public Exploration Run(IReadOnlyList<Invariant<TWorld>> invariants, bool checkStuck)
    {
        List<(Step Step, TWorld World)> next = [];
        Number(model.Start, -1, default);
        for (var number = 0; number < _worlds.Count; number++)
        {
            var world = _worlds[number];
            next.Clear();
            model.AddSteps(in world, next);
            foreach (var (step, after) in next)
            {
                foreach (var invariant in invariants)
                {
                    if (!invariant.Holds(in world, step, in after))
                    {
                        return new Exploration(_worlds.Count, _edges.Count, invariant.Name, [.. TraceTo(number), step]);
                    }
                }

                _edges.Add((number, Number(after, number, step)));
            }
        }

        return checkStuck && FirstStuck() is { } stuck
            ? new Exploration(_worlds.Count, _edges.Count, NothingStuck, TraceTo(stuck))
            : new Exploration(_worlds.Count, _edges.Count, null, []);
    }

    private int Number(in TWorld world, int before, Step step)
    {
        if (!_numbers.TryGetValue(world, out var number))
        {
            number = _worlds.Count;
            _numbers.Add(world, number);
            _worlds.Add(world);
            _ways.Add((before, step));
        }

        return number;
    }

    private List<Step> TraceTo(int number)
    {
        List<Step> trace = [];
        for (; _ways[number].Before >= 0; number = _ways[number].Before)
        {
            trace.Add(_ways[number].Step);
        }

        trace.Reverse();
        return trace;
    }

    /// <summary>Walks back from all ends; what is not met can never end.</summary>
    private int? FirstStuck()
    {
        var first = new int[_worlds.Count + 1];
        _edges.ForEach(edge => first[edge.To + 1]++);
        for (var number = 0; number < _worlds.Count; number++)
        {
            first[number + 1] += first[number];
        }

        var sources = new int[_edges.Count];
        var filled = first.ToArray();
        _edges.ForEach(edge => sources[filled[edge.To]++] = edge.From);

        var ends = new bool[_worlds.Count];
        Stack<int> open = new(Enumerable.Range(0, _worlds.Count).Where(number => model.IsDone(_worlds[number])));
        while (open.TryPop(out var number))
        {
            if (!ends[number])
            {
                ends[number] = true;
                for (var index = first[number]; index < first[number + 1]; index++)
                {
                    open.Push(sources[index]);
                }
            }
        }

        var stuck = Array.IndexOf(ends, false);
        return stuck < 0 ? null : stuck;
    }
}
