using System.Security.Cryptography;
using System.Text;

namespace Accounts.Core.Users.Lookalikes;

/// <summary>What names that look alike have in common, in whatever case they are written.</summary>
internal static class NameShape
{
    /// <summary>A hash: a skeleton may be longer than an index takes.</summary>
    public static byte[] Of(string name) => SHA256.HashData(Encoding.UTF8.GetBytes(Text(name)));

    /// <summary>Twice, for what looks like a capital is a small letter only then: one that looks like M is m, and m looks like rn.</summary>
    public static string Text(string name) => Skeleton.Of(Skeleton.Of(WithoutCapitalI(name)).ToLowerInvariant());

    /// <summary>After a small letter it is there to pass for an l (paypaI); elsewhere it is an i's capital (Ian, MIKE).</summary>
    private static string WithoutCapitalI(string name) =>
        string.Concat(name.Select((c, i) => c != 'I' ? c : name[..i].TrimEnd('I') is [.., var before] && char.IsLower(before) ? 'l' : 'i'));
}
