using Accounts.Core.Tokens;

namespace Accounts.Tests.Support;

internal static class SigningSteps
{
    public static byte[] Sign(this SigningKey key, byte[] data)
    {
        var signature = new byte[SigningKey.SignatureLength];
        key.Sign(data, signature);
        return signature;
    }
}
