using Accounts.Development;

namespace Accounts.Tests.Support;

/// <summary>The files of this repository, as they lie beside Accounts.sln.</summary>
public static class Repository
{
    public static string Folder { get; } = DotEnv.SolutionFolder() ?? throw new InvalidOperationException("There is no Accounts.sln above the tests.");

    public static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));
}
