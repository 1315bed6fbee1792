// What test classes may take as constructor parameters; each starts when first used and ends with the run.
[assembly: AssemblyFixture(typeof(LocalPostgres))]
[assembly: AssemblyFixture(typeof(LocalRedis))]
[assembly: AssemblyFixture(typeof(Browser))]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
[assembly: TestTimeLimit]
