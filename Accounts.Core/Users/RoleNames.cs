using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Accounts.Core.Failures;

namespace Accounts.Core.Users;

/// <summary>Valid roles to hold, each once, in alphabetical order.</summary>
public sealed partial record RoleNames
{
    /// <summary>Of one user.</summary>
    public const int Most = 20;

    /// <summary>Where <c>u</c> is the user, and <c>@role</c> one that they hold: as the index of those who hold any has it.</summary>
    public const string HoldsSql = "u.roles COLLATE \"C\" @> ARRAY[@role] AND cardinality(u.roles) > 0";

    private static readonly Sentence TooMany = $"Ensure this field has no more than {Most} elements.", NoName = "A role is a lower-case letter and up to 31 letters, digits, - and _.";

    private RoleNames(string[] names) => Names = names;

    public static RoleNames None { get; } = new([]);

    public string[] Names { get; }

    public bool Administers => Names.Contains(User.Administrator);

    /// <param name="names">as they came; what stands there twice counts once</param>
    /// <param name="roles">null where one is no name, or they are too many</param>
    /// <param name="mistake">in words; null where there is none</param>
    public static bool TryRead(IEnumerable<string> names, [NotNullWhen(true)] out RoleNames? roles, [NotNullWhen(false)] out Sentence? mistake)
    {
        var distinct = names.Distinct().Order(StringComparer.Ordinal).ToArray();
        mistake = distinct.Length > Most ? TooMany
            : distinct.Any(name => !Name().IsMatch(name)) ? NoName
            : null;
        roles = mistake is null ? new RoleNames(distinct) : null;
        return roles is not null;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_-]{0,31}\z")]
    private static partial Regex Name();
}
