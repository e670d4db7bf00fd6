using System.Text.Json.Serialization;
using Accounts.Api.Compatibility.DjRestAuth;
using Accounts.Api.Compatibility.Djoser;
using Accounts.Api.Compatibility.Flask;

namespace Accounts.Api.Compatibility;

[JsonSerializable(typeof(TokenPairResponse))]
[JsonSerializable(typeof(NextTokenResponse))]
[JsonSerializable(typeof(DjoserUserResponse))]
[JsonSerializable(typeof(AuthTokenResponse))]
[JsonSerializable(typeof(DjRestAuthUserResponse))]
[JsonSerializable(typeof(DjRestAuthTokensResponse))]
[JsonSerializable(typeof(DjRestAuthRefreshResponse))]
[JsonSerializable(typeof(DjRestAuthKeyResponse))]
[JsonSerializable(typeof(FlaskOkResponse))]
[JsonSerializable(typeof(FlaskUserResponse))]
[JsonSerializable(typeof(FlaskCurrentUserResponse))]
[JsonSerializable(typeof(FlaskLoginResponse))]
[JsonSerializable(typeof(FlaskUsersResponse))]
internal sealed partial class CompatibilityJson : JsonSerializerContext;
